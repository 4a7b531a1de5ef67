package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The feedback of a decode loop: the first chunk of batch n needs the last chunk of the batch that holds its sequences'
 * previous token. No trace says which that is, so it is batch n - k, k being the batches in flight when n starts, itself
 * included. Immutable.
 */
public final class Feedback {

    private final int[] target;
    private final int[] source;
    private final int[] inFlight;

    private Feedback(IntColumn targets, IntColumn sources, IntColumn inFlights) {
        target = targets.toArray();
        source = sources.toArray();
        inFlight = inFlights.toArray();
    }

    /** The feedback of {@code window}; none where nothing is prefill or decode, or on a chain that is not whole. */
    static Feedback of(PipelineRun run, Window window) {
        IntColumn targets = new IntColumn();
        IntColumn sources = new IntColumn();
        IntColumn inFlights = new IntColumn();
        if (serves(window) && run.forwardOnly() && run.missingChunks().isEmpty() && run.chunks() > 1) {
            for (int lane = 0; lane < run.lanes(); lane++) {
                ofLane(run, window, lane, targets, sources, inFlights);
            }
        }
        return new Feedback(targets, sources, inFlights);
    }

    /** The most common k over the windows, the smallest of equally common ones; null where nothing feeds back. */
    public static Integer inFlight(PipelineRun run) {
        Map<Integer, Integer> count = new HashMap<>();
        for (Window window : run.windows()) {
            Arrays.stream(Feedback.of(run, window).inFlight).forEach(k -> count.merge(k, 1, Integer::sum));
        }
        return count.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(
                                Map.Entry.<Integer, Integer>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** How many edges feed back. */
    int size() {
        return target.length;
    }

    /** The task on the first chunk. */
    int target(int edge) {
        return target[edge];
    }

    /** The task on the last chunk that it needs. */
    int source(int edge) {
        return source[edge];
    }

    private static boolean serves(Window window) {
        return IntStream.range(0, window.tasks())
                .anyMatch(task -> window.phase(task).isServing());
    }

    private static void ofLane(
            PipelineRun run, Window window, int lane, IntColumn targets, IntColumn sources, IntColumn inFlights) {
        List<Integer> firsts = new ArrayList<>();
        Map<Integer, Integer> lastOf = new HashMap<>();
        for (int task = 0; task < window.tasks(); task++) {
            if (run.laneOf().get(window.device(task)) == lane) {
                if (window.action(task).chunk() == 0 && window.phase(task) != Phase.S) {
                    firsts.add(task);
                }
                if (window.action(task).chunk() == run.chunks() - 1) {
                    lastOf.put(window.action(task).microBatch(), task);
                }
            }
        }
        firsts.sort(Comparator.comparingLong(window::startNs));
        int finished = 0;
        for (int n = 0; n < firsts.size(); n++) {
            long start = window.startNs(firsts.get(n));
            while (finished < n && endNs(window, lastOf, firsts.get(finished)) <= start) {
                finished++;
            }
            if (finished > 0 && endNs(window, lastOf, firsts.get(finished - 1)) != Long.MAX_VALUE) {
                targets.add(firsts.get(n));
                sources.add(lastOf.get(window.action(firsts.get(finished - 1)).microBatch()));
                inFlights.add(n - finished + 1);
            }
        }
    }

    private static long endNs(Window window, Map<Integer, Integer> lastOf, int first) {
        Integer last = lastOf.get(window.action(first).microBatch());
        return last == null ? Long.MAX_VALUE : window.endNs(last);
    }
}
