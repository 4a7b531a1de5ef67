package io.github.bubbletrace.reports;

/**
 * What a report says about the run of the tool itself.
 *
 * @param version version of the tool
 * @param command the command that makes the same report again
 */
public record RunInfo(String version, String command) {}
