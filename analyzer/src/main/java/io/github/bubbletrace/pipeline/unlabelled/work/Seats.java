package io.github.bubbletrace.pipeline.unlabelled.work;

/**
 * Where both sides of a transfer sit in a group of ranks.
 *
 * @param group the group's name
 * @param size how many ranks it has
 * @param own place of the side that the row is of, from 0
 * @param other place of the other side
 */
public record Seats(String group, int size, int own, int other) {}
