package io.github.bubbletrace.trace;

/**
 * The place of a process in a group of ranks.
 *
 * @param process the process
 * @param group name of the group, the same on all its ranks
 * @param size how many ranks it has
 * @param place its place among them, from 0
 */
public record Member(int process, String group, int size, int place) {}
