package io.github.bubbletrace.reports.timeline;

/**
 * Names a window.
 *
 * @param replica number of its replica
 * @param index the iteration's number
 */
public record WindowId(int replica, int index) {}
