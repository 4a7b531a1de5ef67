package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts and takes of queues by stages' threads. A put hands over what the span before it made, a take brings what the span
 * after it works on. Those that share their item or their queue with the other side on another stage are transfers; others
 * serve the job's own ends.
 */
final class HandOvers {

    private static final int NONE = -1;

    private final LongColumn thread = new LongColumn();
    private final IntColumn take = new IntColumn();
    private final IntColumn queue = new IntColumn();
    private final IntColumn item = new IntColumn();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private int[] spanOf = new int[0];

    void add(long ofThread, boolean isTake, int ofQueue, int ofItem, long newStartNs, long newEndNs) {
        thread.add(ofThread);
        take.add(isTake ? 1 : 0);
        queue.add(ofQueue);
        item.add(ofItem);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
    }

    /** Finds the span that each hand-over serves. */
    void join(StageSpans spans) {
        spanOf = new int[startNs.size()];
        java.util.Arrays.fill(spanOf, NONE);
        Map<Long, List<Integer>> threads = new HashMap<>();
        for (int row : RadixOrder.of(startNs.toArray())) {
            threads.computeIfAbsent(thread.get(row), t -> new ArrayList<>()).add(row);
        }
        Map<Long, List<Integer>> spansOfThread = spans.byThread();
        threads.forEach((owner, rows) -> joinThread(rows, spansOfThread.getOrDefault(owner, List.of()), spans));
        keepBetweenStages(spans);
        keepNearest(spans);
    }

    /** Both lists are by start. */
    private void joinThread(List<Integer> rows, List<Integer> own, StageSpans spans) {
        int next = 0;
        for (int row : rows) {
            while (next < own.size() && spans.startNs(own.get(next)) <= startNs.get(row)) {
                next++;
            }
            boolean within = next > 0 && startNs.get(row) < spans.endNs(own.get(next - 1));
            int found = isTake(row) && !within ? next : next - 1;
            spanOf[row] = found >= 0 && found < own.size() ? own.get(found) : NONE;
        }
    }

    private void keepBetweenStages(StageSpans spans) {
        boolean[] joins = new boolean[size()];
        joinItems(spans, joins);
        joinQueues(spans, joins);
        for (int row = 0; row < joins.length; row++) {
            spanOf[row] = joins[row] ? spanOf[row] : NONE;
        }
    }

    /** A take joins the last put of the same item before it, whatever threads carried it between their queues. */
    private void joinItems(StageSpans spans, boolean[] joins) {
        long[] moments = new long[size()];
        java.util.Arrays.setAll(moments, row -> isTake(row) ? endNs.get(row) : startNs.get(row));
        Map<Integer, Integer> lastPut = new HashMap<>();
        for (int row : RadixOrder.of(moments)) {
            if (spanOf[row] != NONE && !isTake(row)) {
                lastPut.put(item.get(row), row);
            } else if (spanOf[row] != NONE) {
                int put = lastPut.getOrDefault(item.get(row), row);
                boolean isOther = spans.stage(spanOf[put]) != spans.stage(spanOf[row]);
                joins[row] |= isOther;
                joins[put] |= isOther;
            }
        }
    }

    /** What went through a queue that joins two stages went between them, in whatever wrapping. */
    private void joinQueues(StageSpans spans, boolean[] joins) {
        Map<Integer, Set<Integer>> putters = new HashMap<>();
        Map<Integer, Set<Integer>> takers = new HashMap<>();
        for (int row = 0; row < size(); row++) {
            if (spanOf[row] != NONE) {
                (isTake(row) ? takers : putters)
                        .computeIfAbsent(queue.get(row), k -> new HashSet<>())
                        .add(spans.stage(spanOf[row]));
            }
        }
        for (int row = 0; row < size(); row++) {
            if (spanOf[row] != NONE) {
                Set<Integer> others = (isTake(row) ? putters : takers).getOrDefault(queue.get(row), Set.of());
                joins[row] |= others.size() > (others.contains(spans.stage(spanOf[row])) ? 1 : 0);
            }
        }
    }

    /** Of several puts after a span the first counts, of several takes before one the last. */
    private void keepNearest(StageSpans spans) {
        int[] put = new int[spans.size()];
        int[] taken = new int[spans.size()];
        java.util.Arrays.fill(put, NONE);
        java.util.Arrays.fill(taken, NONE);
        for (int row : RadixOrder.of(startNs.toArray())) {
            int span = spanOf[row];
            if (span != NONE && isTake(row)) {
                if (taken[span] != NONE) {
                    spanOf[taken[span]] = NONE;
                }
                taken[span] = row;
            } else if (span != NONE) {
                spanOf[row] = put[span] == NONE ? span : NONE;
                put[span] = put[span] == NONE ? row : put[span];
            }
        }
    }

    int size() {
        return startNs.size();
    }

    /** The span that the hand-over serves, or -1 where it joins no two stages. */
    int span(int row) {
        return spanOf[row];
    }

    boolean isTake(int row) {
        return take.get(row) == 1;
    }

    long startNs(int row) {
        return startNs.get(row);
    }

    long endNs(int row) {
        return endNs.get(row);
    }
}
