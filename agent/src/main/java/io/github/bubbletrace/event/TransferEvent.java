package io.github.bubbletrace.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One side of a hand-over between stages: a put or a take of a queue by a stage's thread, with its waiting. */
@Name("bubbletrace.Transfer")
@Label("Pipeline Transfer")
@Category("bubbletrace")
@StackTrace(false)
public final class TransferEvent extends Event {

    /** A task's output is put. */
    public static final char PUT = 'P';

    /** A task's input is taken. */
    public static final char TAKE = 'T';

    @Label("Direction")
    @Description("P put, T take")
    char direction;

    @Label("Queue")
    @Description("Identity hash of the queue")
    int queue;

    @Label("Item")
    @Description("Identity hash of what was handed over")
    int item;

    final transient ThreadState owner;

    /** Of the thread {@code owner}, null where it only answers whether such events are recorded. */
    TransferEvent(ThreadState owner) {
        this.owner = owner;
    }
}
