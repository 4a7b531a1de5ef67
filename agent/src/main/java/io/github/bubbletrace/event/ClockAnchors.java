package io.github.bubbletrace.event;

/** Writes anchors. */
public final class ClockAnchors {

    private ClockAnchors() {}

    /** Writes an anchor for a process of {@code replica} of {@code replicas}. */
    public static void write(int replica, int replicas) {
        ClockAnchorEvent anchor = new ClockAnchorEvent();
        if (!anchor.isEnabled()) {
            return;
        }
        anchor.pid = ProcessHandle.current().pid();
        anchor.replica = replica;
        anchor.replicas = replicas;
        anchor.failures = Spans.failures();
        UtcClock clock = UtcClock.read();
        // The event's own time stamp and nanoTime are read side by side, so that both are of one moment.
        anchor.begin();
        anchor.nanoTime = System.nanoTime();
        anchor.utcNs = clock.utcNs() + anchor.nanoTime - clock.nanoTime();
        anchor.commit();
    }
}
