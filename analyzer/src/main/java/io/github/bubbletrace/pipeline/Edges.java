package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Directions;
import io.github.bubbletrace.schedule.Inputs;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each task of a window waits for, and the transfer that brought it. Times are on the document's axis; {@link
 * #UNKNOWN} where the trace does not say.
 */
public final class Edges {

    /** No time. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final Window window;
    private final int[] source;
    private final int[] target;
    private final boolean[] missingInput;
    private final boolean[] estimated;
    private final long[] startNs;
    private final long[] arrivalNs;
    private final long[] receiveStartNs;
    private final long[] bytes;

    private Edges(Window window, IntColumn sources, IntColumn targets, boolean[] missingInput) {
        this.window = window;
        this.missingInput = missingInput;
        source = sources.toArray();
        target = targets.toArray();
        estimated = new boolean[source.length];
        startNs = unknown(source.length);
        arrivalNs = unknown(source.length);
        receiveStartNs = unknown(source.length);
        bytes = new long[source.length];
        Arrays.fill(bytes, -1);
    }

    /** The edges of {@code window}, transfers still unknown. */
    static Edges of(PipelineRun run, Window window) {
        Map<List<Object>, Integer> taskOf = new HashMap<>();
        for (int task = 0; task < window.tasks(); task++) {
            taskOf.putIfAbsent(List.of(run.laneOf().get(window.device(task)), window.action(task)), task);
        }
        Inputs inputs = new Inputs(run.chunks(), Directions.chain(run.chunks(), run.places(), window.actions()), 0);
        IntColumn sources = new IntColumn();
        IntColumn targets = new IntColumn();
        boolean[] missing = new boolean[window.tasks()];
        for (int task = 0; task < window.tasks(); task++) {
            int lane = run.laneOf().get(window.device(task));
            for (Action input : inputs.candidates(window.action(task))) {
                Integer found = taskOf.get(List.of(lane, input));
                if (found != null) {
                    sources.add(found);
                    targets.add(task);
                } else {
                    missing[task] |= input.phase() != Phase.R && window.phase(task) != Phase.S;
                }
            }
        }
        Feedback feedback = Feedback.of(run, window);
        for (int e = 0; e < feedback.size(); e++) {
            sources.add(feedback.source(e));
            targets.add(feedback.target(e));
        }
        return new Edges(window, sources, targets, missing);
    }

    private static long[] unknown(int size) {
        long[] times = new long[size];
        Arrays.fill(times, UNKNOWN);
        return times;
    }

    void record(int edge, long transferStartNs, long transferEndNs, long receiveNs) {
        estimated[edge] = false;
        startNs[edge] = Math.min(transferStartNs, transferEndNs);
        arrivalNs[edge] = transferEndNs;
        receiveStartNs[edge] = receiveNs;
    }

    /** Notes how much the transfer moves; -1 where the trace does not say. */
    void move(int edge, long transferBytes) {
        bytes[edge] = transferBytes;
    }

    void estimate(int edge, long costNs) {
        estimated[edge] = true;
        startNs[edge] = window.endNs(source[edge]);
        arrivalNs[edge] = startNs[edge] + costNs;
    }

    /** The window these edges are of. */
    public Window window() {
        return window;
    }

    /** How many edges there are. */
    public int size() {
        return source.length;
    }

    /** The task that is waited for. */
    public int source(int edge) {
        return source[edge];
    }

    /** The task that waits. */
    public int target(int edge) {
        return target[edge];
    }

    /** Whether the edge joins two devices. */
    public boolean crosses(int edge) {
        return window.device(source[edge]) != window.device(target[edge]);
    }

    /** Whether an input of {@code task} is not in the window. */
    public boolean isInputMissing(int task) {
        return missingInput[task];
    }

    /** Whether no record shows the transfer: its times are a guess from the tasks around it. */
    public boolean isEstimated(int edge) {
        return estimated[edge];
    }

    /** How much the transfer moves, or -1 where the trace does not say. */
    public long bytes(int edge) {
        return bytes[edge];
    }

    /** When the transfer could move data: both sides were there. */
    public long startNs(int edge) {
        return startNs[edge];
    }

    /** When the input was there. */
    public long arrivalNs(int edge) {
        return arrivalNs[edge];
    }

    /** When the receive itself started, or {@link #UNKNOWN}. */
    public long receiveStartNs(int edge) {
        return receiveStartNs[edge];
    }
}
