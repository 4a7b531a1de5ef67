package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Action;

/**
 * One task that takes longer than its like.
 *
 * @param iteration the iteration it is in
 * @param action the task
 * @param factor how many times its duration it takes
 */
public record Straggler(int iteration, Action action, double factor) {}
