package io.github.bubbletrace.pipeline.extract;

import java.util.Arrays;

/** Finds the innermost range that contains a time; times must be asked in ascending order. */
final class RangeSweep {

    private final long[] startNs;
    private final long[] endNs;
    private int[] stack = new int[8];
    private int depth;
    private int next;

    /** Ranges by ascending start. */
    RangeSweep(long[] startNs, long[] endNs) {
        this.startNs = startNs;
        this.endNs = endNs;
    }

    /** Index of the latest-started range that contains {@code timeNs}, both ends included, or -1. */
    int at(long timeNs) {
        while (next < startNs.length && startNs[next] <= timeNs) {
            drop(startNs[next]);
            push(next++);
        }
        drop(timeNs);
        return depth == 0 ? -1 : stack[depth - 1];
    }

    private void drop(long timeNs) {
        while (depth > 0 && endNs[stack[depth - 1]] < timeNs) {
            depth--;
        }
    }

    private void push(int range) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = range;
    }
}
