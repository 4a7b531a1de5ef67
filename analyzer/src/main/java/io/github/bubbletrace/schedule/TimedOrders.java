package io.github.bubbletrace.schedule;

import java.util.List;

/**
 * Orders that were played through.
 *
 * @param orders of each device
 * @param makespanNs from the first task's start to the last task's end
 */
record TimedOrders(List<List<Action>> orders, long makespanNs) {}
