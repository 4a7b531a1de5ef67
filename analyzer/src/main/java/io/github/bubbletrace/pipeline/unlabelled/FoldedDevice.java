package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;

/**
 * The tasks of a device that holds two chunks of a V, one on the way down and one on the way up. Nothing shows which of them
 * a weight gradient is of: right after a backward it is taken for that chunk's, else for the later chunk's as long as that
 * has backwards without one.
 */
final class FoldedDevice {

    private final boolean isFirst;
    private final boolean isLast;
    private final Cut down = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
    private final Cut up = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
    private int unexplained;
    private Cut before;

    FoldedDevice(boolean isFirst, boolean isLast) {
        this.isFirst = isFirst;
        this.isLast = isLast;
    }

    /** Adds a task whose output leaves, towards the last device or towards the first. */
    void sending(Phase phase, int first, int end, int send, boolean towardsLast) {
        Cut chunk = (phase == Phase.F) == towardsLast ? down : up;
        chunk.tasks(phase).add(first, end, send);
        before = phase == Phase.B ? chunk : null;
    }

    /** Adds a task that sends nothing. */
    void silent(Phase phase, int first, int end) throws NoPipelineException {
        if (phase != Phase.W && !isFirst && !isLast) {
            throw new NoPipelineException("a device between others keeps what it computed");
        }
        Cut chunk = phase == Phase.W ? weighed() : (phase == Phase.F) == isLast ? down : up;
        chunk.tasks(phase).add(first, end, Operations.NONE);
        before = phase == Phase.B ? chunk : null;
    }

    private Cut weighed() throws NoPipelineException {
        Cut chunk = before != null && owes(before) ? before : owes(up) ? up : down;
        if (!owes(chunk)) {
            throw new NoPipelineException("weight gradients run before their backwards");
        }
        return chunk;
    }

    private static boolean owes(Cut chunk) {
        return chunk.weight().size() < chunk.backward().size();
    }

    /** Counts a kernel of no task. */
    void skip() {
        unexplained++;
    }

    /** How many kernels are in no task. */
    int unexplained() {
        return unexplained;
    }

    /** The chunk on the way down; kernels of no task count here. */
    Cut down() {
        return new Cut(down.forward(), down.backward(), down.weight(), unexplained, false);
    }

    /** The chunk on the way up. */
    Cut up() {
        return up;
    }
}
