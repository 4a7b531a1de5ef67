package io.github.bubbletrace.event;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of one thread: the stage it is in, the one its name says, its CUDA device. */
final class ThreadState {

    private static final ThreadLocal<ThreadState> CURRENT = new ThreadLocal<>();
    private static final AtomicInteger THREADS = new AtomicInteger();

    private String name;
    private Pattern pattern;
    private int stageOfName = Spans.UNKNOWN;
    private int stage = Spans.UNKNOWN;
    private int depth;
    private boolean worked;
    private boolean handingOver;
    private int device = Spans.UNKNOWN;

    private final OpenRanges ranges = new OpenRanges();
    private long nextSpan;

    private ThreadState() {
        nextSpan = (long) THREADS.incrementAndGet() << Integer.SIZE;
    }

    static ThreadState current() {
        ThreadState state = CURRENT.get();
        if (state == null) {
            state = new ThreadState();
            CURRENT.set(state);
        }
        return state;
    }

    /** The stage that a rule means by {@code stage}. */
    int resolve(int stageOfRule) {
        if (stageOfRule >= Spans.UNKNOWN) {
            return stageOfRule;
        }
        int ofName = stageOfRule == Spans.DEVICE ? Spans.UNKNOWN : stageOfName();
        return ofName == Spans.UNKNOWN && stageOfRule != Spans.THREAD ? device : ofName;
    }

    /** A thread is asked anew when it got another name, as those of pools do. */
    private int stageOfName() {
        String now = Thread.currentThread().getName();
        Pattern wanted = Spans.threadNames();
        if (!now.equals(name) || wanted != pattern) {
            name = now;
            pattern = wanted;
            stageOfName = number(wanted, now);
        }
        return stageOfName;
    }

    private static int number(Pattern pattern, String name) {
        Matcher matcher = pattern == null ? null : pattern.matcher(name);
        if (matcher == null || !matcher.find()) {
            return Spans.UNKNOWN;
        }
        return Values.number(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
    }

    /** Whether a call of stage {@code inner}, by a rule that says {@code ofRule}, is part of the span that is open. */
    boolean isInside(int ofRule, int inner) {
        return depth > 0 && (inner == stage || inner == Spans.UNKNOWN || ofRule == Spans.LIBRARY);
    }

    int enter(int inner) {
        int outer = stage;
        stage = inner;
        depth++;
        worked = true;
        return outer;
    }

    void leave(int outer) {
        stage = outer;
        depth--;
    }

    /** Whether its puts and takes are hand-overs between stages: it has worked on one, or its name says so. */
    boolean isOfStage() {
        return worked || stageOfName() != Spans.UNKNOWN;
    }

    /** Whether a hand-over began: not within another, as queues call their own methods. */
    boolean beginHandOver() {
        boolean began = !handingOver;
        handingOver = true;
        return began;
    }

    void endHandOver() {
        handingOver = false;
    }

    OpenRanges ranges() {
        return ranges;
    }

    /** A number that no other span of the process has. */
    long nextSpan() {
        return ++nextSpan;
    }

    int device() {
        return device;
    }

    void choose(int newDevice) {
        device = newDevice;
    }
}
