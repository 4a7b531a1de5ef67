package io.github.bubbletrace.event;

import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Opens and closes spans; the code put into instrumented methods calls nothing else. Cheap where no recording runs: one
 * look at a flag.
 */
public final class Spans {

    /** A number that nobody says. */
    public static final int UNKNOWN = -1;

    /** A stage that the thread's name says. */
    public static final int THREAD = -2;

    /** A stage that is the number of the thread's CUDA device. */
    public static final int DEVICE = -3;

    /** A stage that the thread's name says, else its CUDA device; nothing within another span. */
    public static final int LIBRARY = -4;

    private static final LongAdder FAILURES = new LongAdder();
    private static volatile Pattern threadNames;
    private static volatile boolean hooked;

    /** Before Flight Recorder is awake, a thread that makes an event and the one that awakes it wait for each other for ever. */
    private static volatile boolean awake;

    private static volatile Runnable failureReport;

    private Spans() {}

    /**
     * Opens a span.
     *
     * @param stage stage, or {@link #THREAD} or {@link #DEVICE}
     * @return the span, or null where none is to be recorded: no recording runs, or the call is part of an open span
     */
    public static StageEvent enter(int stage, int microBatch, int iteration, char phase) {
        if (!awake || !EventKinds.STAGE.isEnabled()) {
            return null;
        }
        ThreadState thread = ThreadState.current();
        int resolved = thread.resolve(stage);
        if (thread.isInside(stage, resolved)) {
            return null;
        }
        StageEvent event = new StageEvent(thread, resolved, microBatch, iteration, phase, thread.enter(resolved));
        if (hooked) {
            event.span = thread.nextSpan();
            NativeHooks.push(event.span);
        }
        event.begin();
        return event;
    }

    /** Closes {@code event}, which may be null. */
    public static void exit(StageEvent event) {
        if (event != null) {
            event.end();
            event.owner.leave(event.outerStage);
            event.commit();
            if (event.span != 0 && event.owner == ThreadState.current()) {
                NativeHooks.pop();
            }
        }
    }

    /** Opens a span for the API, whose stages have no special numbers; null as above. */
    public static Object open(int stage, int microBatch, int iteration, char phase) {
        return enter(Math.max(stage, UNKNOWN), microBatch, iteration, phase);
    }

    /** Closes what {@link #open} gave. */
    public static void shut(Object token) {
        exit((StageEvent) token);
    }

    /** Opens a range of a library; where its name is a label of bubbletrace's, it is a span. */
    public static void enterRange(String name) {
        ThreadState.current().ranges().push(RangeName.open(name));
    }

    /** Closes the thread's innermost range. */
    public static void exitRange() {
        exit(ThreadState.current().ranges().pop());
    }

    /** Opens a hand-over of the current thread, or returns null where it is none of a stage. */
    public static TransferEvent enterQueue() {
        if (!awake || !EventKinds.TRANSFER.isEnabled()) {
            return null;
        }
        ThreadState thread = ThreadState.current();
        if (!thread.isOfStage() || !thread.beginHandOver()) {
            return null;
        }
        TransferEvent event = new TransferEvent(thread);
        event.begin();
        return event;
    }

    /** Closes a hand-over of {@code item}, which has been put into {@code queue}. */
    public static void exitPut(TransferEvent event, Object queue, Object item) {
        exitQueue(event, TransferEvent.PUT, queue, item);
    }

    /** The same, where the queue may have had no room. */
    public static void exitOffer(TransferEvent event, Object queue, Object item, boolean isTaken) {
        exitQueue(event, TransferEvent.PUT, queue, isTaken ? item : null);
    }

    /** Closes a hand-over of {@code item}, which {@code queue} has given; null where it had none. */
    public static void exitTake(TransferEvent event, Object queue, Object item) {
        exitQueue(event, TransferEvent.TAKE, queue, item);
    }

    /** Closes a hand-over that failed. */
    public static void failQueue(TransferEvent event) {
        exitQueue(event, TransferEvent.PUT, null, null);
    }

    private static void exitQueue(TransferEvent event, char direction, Object queue, Object item) {
        if (event != null) {
            event.end();
            event.owner.endHandOver();
            if (item != null) {
                event.direction = direction;
                event.queue = System.identityHashCode(queue);
                event.item = System.identityHashCode(item);
                event.commit();
            }
        }
    }

    /** The current thread works on {@code device} from now on, where the call that says so gave 0. */
    public static void chooseDevice(int device, int status) {
        if (status == 0) {
            ThreadState.current().choose(device);
        }
    }

    /** Counts a call whose numbers could not be read; the first, second, fourth and so on are reported at once. */
    public static void failed(Throwable problem) {
        FAILURES.increment();
        long count = FAILURES.sum();
        Runnable report = failureReport;
        if (report != null && (count & (count - 1)) == 0) {
            report.run();
        }
    }

    /** Who reports failures to a recording; null ends it. */
    public static void reportFailures(Runnable report) {
        failureReport = report;
    }

    /** How many calls failed so far. */
    public static long failures() {
        return FAILURES.sum();
    }

    /** Which part of a thread's name is its stage; null where names do not say it. */
    public static void nameThreads(Pattern pattern) {
        threadNames = pattern;
    }

    /** Flight Recorder is awake and knows the events; before this no span is opened. */
    public static void awaken() {
        awake = true;
    }

    /** Whether spans are told to the hook library, which has been loaded. */
    public static void hook(boolean on) {
        hooked = on;
    }

    static Pattern threadNames() {
        return threadNames;
    }
}
