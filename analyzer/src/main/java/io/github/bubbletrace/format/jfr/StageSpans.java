package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls of stage methods in columns. Numbers are -1 where the recording does not say them. */
final class StageSpans {

    private record Series(int stage, int phase, int iteration) {}

    private final LongColumn thread = new LongColumn();
    private final LongColumn id = new LongColumn();
    private final LongColumn osThread = new LongColumn();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final IntColumn stage = new IntColumn();
    private final IntColumn microBatch = new IntColumn();
    private final IntColumn iteration = new IntColumn();
    private final IntColumn phase = new IntColumn();

    void add(
            long ofThread,
            long newStartNs,
            long newEndNs,
            int newStage,
            int newMicroBatch,
            int newIteration,
            char newPhase) {
        thread.add(ofThread);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        stage.add(Math.max(-1, newStage));
        microBatch.add(Math.max(-1, newMicroBatch));
        iteration.add(Math.max(-1, newIteration));
        phase.add(newPhase);
    }

    /** Says what the hook library calls the span added last, and the operating system its thread. */
    void identify(long newId, long newOsThread) {
        id.add(newId);
        osThread.add(newOsThread);
    }

    long id(int span) {
        return id.get(span);
    }

    long osThread(int span) {
        return osThread.get(span);
    }

    /** Gives spans without a micro-batch their place in the order of their stage, phase and iteration; returns how many. */
    long number() {
        Map<Series, Integer> next = new HashMap<>();
        long numbered = 0;
        for (int span : byStart()) {
            if (microBatch.get(span) < 0 && stage.get(span) >= 0) {
                Series series = new Series(stage.get(span), phase.get(span), iteration.get(span));
                microBatch.set(span, next.merge(series, 0, (old, zero) -> old + 1));
                numbered++;
            }
        }
        return numbered;
    }

    int size() {
        return startNs.size();
    }

    int[] byStart() {
        return RadixOrder.of(startNs.toArray());
    }

    /** The spans of known stages of each thread, by start. */
    Map<Long, List<Integer>> byThread() {
        Map<Long, List<Integer>> threads = new HashMap<>();
        for (int span : byStart()) {
            if (stage.get(span) >= 0) {
                threads.computeIfAbsent(thread.get(span), t -> new ArrayList<>())
                        .add(span);
            }
        }
        return threads;
    }

    long thread(int span) {
        return thread.get(span);
    }

    long startNs(int span) {
        return startNs.get(span);
    }

    long endNs(int span) {
        return endNs.get(span);
    }

    int stage(int span) {
        return stage.get(span);
    }

    int microBatch(int span) {
        return microBatch.get(span);
    }

    int iteration(int span) {
        return iteration.get(span);
    }

    char phase(int span) {
        return (char) phase.get(span);
    }
}
