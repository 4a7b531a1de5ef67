package io.github.bubbletrace.event;

/** One event of each kind that is asked whether such events are recorded; using this class makes Flight Recorder know both. */
final class EventKinds {

    static final StageEvent STAGE =
            new StageEvent(null, Spans.UNKNOWN, Spans.UNKNOWN, Spans.UNKNOWN, ' ', Spans.UNKNOWN);

    static final TransferEvent TRANSFER = new TransferEvent(null);

    private EventKinds() {}
}
