package io.github.bubbletrace.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Writes the order of one device that holds several chunks: each phase of each chunk takes the micro-batches one after the
 * other, so an order is told by phases and chunks alone.
 */
final class OrderBuilder {

    private final List<Action> order = new ArrayList<>();
    private final Set<Action> joined = new HashSet<>();
    private final Map<List<Object>, Integer> next = new HashMap<>();
    private final Map<Integer, Integer> firstOfChunk = new HashMap<>();
    private final Queue<Action> owed = new ArrayDeque<>();

    /** Lets {@code chunk} begin with another micro-batch than 0. */
    void begin(int chunk, int microBatch) {
        firstOfChunk.put(chunk, microBatch);
    }

    /** Appends the next micro-batch of {@code phase} on {@code chunk}. */
    void add(Phase phase, int chunk) {
        order.add(take(phase, chunk));
    }

    /** Appends a forward and a backward that run side by side. */
    void addPair(int forwardChunk, int backwardChunk) {
        add(Phase.F, forwardChunk);
        Action backward = take(Phase.B, backwardChunk);
        order.add(backward);
        joined.add(backward);
    }

    /** Appends a backward whose weight gradient is put off. */
    void addInputGradient(int chunk) {
        Action backward = take(Phase.B, chunk);
        order.add(backward);
        owed.add(new Action(Phase.W, chunk, backward.microBatch()));
    }

    /** Appends the weight gradient that was put off first. */
    void payWeight() {
        order.add(owed.remove());
    }

    /** How many micro-batches {@code phase} has taken on {@code chunk}. */
    int count(Phase phase, int chunk) {
        return next.getOrDefault(List.of(phase, chunk), 0);
    }

    List<Action> order() {
        return order;
    }

    Set<Action> joined() {
        return joined;
    }

    private Action take(Phase phase, int chunk) {
        int index = next.merge(List.of(phase, chunk), 1, Integer::sum) - 1;
        return new Action(phase, chunk, firstOfChunk.getOrDefault(chunk, 0) + index);
    }
}
