package io.github.bubbletrace.schedule;

/** PyTorch's spelling of actions: chunk, phase, micro-batch, with I for an input gradient whose W is a task of its own. */
public final class ActionText {

    private ActionText() {}

    /**
     * As {@code 0F3}; batches of inference are forwards.
     *
     * @param split whether the weight gradient of a backward is a task of its own
     */
    public static String of(Action action, boolean split) {
        return action.chunk() + letter(action.phase(), split) + action.microBatch();
    }

    private static String letter(Phase phase, boolean split) {
        if (phase.isForward()) {
            return "F";
        }
        return phase == Phase.B && split ? "I" : phase.name();
    }
}
