package io.github.bubbletrace.event;

/** The open ranges of one thread; deeper ones than any library nests are counted alone. */
final class OpenRanges {

    private static final int MOST = 32;

    private final StageEvent[] open = new StageEvent[MOST];
    private int depth;

    /** Opens one; {@code event} may be null. */
    void push(StageEvent event) {
        if (depth < MOST) {
            open[depth] = event;
        }
        depth++;
    }

    /** Closes the innermost one; null where it is no span, or none is open. */
    StageEvent pop() {
        if (depth == 0) {
            return null;
        }
        depth--;
        StageEvent event = depth < MOST ? open[depth] : null;
        if (depth < MOST) {
            open[depth] = null;
        }
        return event;
    }
}
