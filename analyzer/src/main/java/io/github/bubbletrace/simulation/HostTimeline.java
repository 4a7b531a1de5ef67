package io.github.bubbletrace.simulation;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * When a rank's main thread launches what its device executes. Launches run ahead of the device as far as they need to:
 * each ends before its kernels start and before the next launch starts, so no two overlap and none is late.
 */
final class HostTimeline {

    /** Duration of one launch call. */
    static final long CALL_NS = 800;

    /** From one launch call's start to the next one's. */
    static final long CALL_STEP_NS = 1000;

    /** Between a range's edge and what it encloses. */
    static final long MARGIN_NS = 100;

    /** Between the launches of two iterations: room for a step range. */
    private static final long ITERATION_NS = 1000;

    private final List<DeviceOp> ops;
    private final IntUnaryOperator kernelsOfChunk;
    private final int collectivesPerTask;
    private final long[] startNs;

    /** Places the launches of {@code ops}, which are in launch order. */
    HostTimeline(List<DeviceOp> ops, IntUnaryOperator kernelsOfChunk, int collectivesPerTask) {
        this.ops = ops;
        this.kernelsOfChunk = kernelsOfChunk;
        this.collectivesPerTask = collectivesPerTask;
        startNs = new long[ops.size()];
        long nextNs = Long.MAX_VALUE;
        for (int i = ops.size() - 1; i >= 0; i--) {
            if (i + 1 < ops.size() && ops.get(i).iteration() != ops.get(i + 1).iteration()) {
                nextNs -= ITERATION_NS;
            }
            startNs[i] = Math.min(ops.get(i).startNs(), nextNs) - lengthNs(i);
            nextNs = startNs[i];
        }
    }

    /** What is launched, in launch order. */
    List<DeviceOp> ops() {
        return ops;
    }

    /** How many collective kernels {@code op} launches after its own. */
    int collectives(int op) {
        return ops.get(op).isTask() ? collectivesPerTask : 0;
    }

    /** How many kernels of its own {@code op} launches. */
    int kernels(int op) {
        return ops.get(op).isTask()
                ? kernelsOfChunk.applyAsInt(ops.get(op).action().chunk())
                : 1;
    }

    /** Start of the range around {@code op}'s launches, on the run's clock; may be negative. */
    long startNs(int op) {
        return startNs[op];
    }

    /** End of the range around {@code op}'s launches. */
    long endNs(int op) {
        return startNs[op] + lengthNs(op);
    }

    private long lengthNs(int op) {
        return (kernels(op) + collectives(op)) * CALL_STEP_NS + 4 * MARGIN_NS;
    }
}
