package io.github.bubbletrace.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One call of a stage method: the thread works on a micro-batch. Numbers are -1 where the rule does not say them. */
@Name("bubbletrace.Stage")
@Label("Pipeline Stage")
@Category("bubbletrace")
@StackTrace(false)
public final class StageEvent extends Event {

    @Label("Stage")
    @Description("Number of the model chunk over the whole pipeline")
    int stage;

    @Label("Micro-batch")
    int microBatch;

    @Label("Iteration")
    int iteration;

    @Label("Phase")
    @Description(
            "F forward, B backward, W weight gradient, R recomputation, P prefill, D decode, V verification, S draft")
    char phase;

    @Label("CUDA Device")
    @Description("The device this thread chose last; -1 also where its number is above 127")
    byte device;

    @Label("Span")
    @Description("Id pushed to the hook library while the span was open; 0 without it")
    long span;

    /** The thread that opened the span, and the stage it was in before. */
    final transient ThreadState owner;

    final transient int outerStage;

    /** Of the thread {@code owner}, null where it only answers whether such events are recorded. */
    StageEvent(ThreadState owner, int stage, int microBatch, int iteration, char phase, int outerStage) {
        this.owner = owner;
        this.stage = stage;
        this.microBatch = microBatch;
        this.iteration = iteration;
        this.phase = phase;
        this.device = owner == null ? Spans.UNKNOWN : number(owner.device());
        this.outerStage = outerStage;
    }

    /** A negative number takes one byte where its field is a byte, and five where it is an int: most of a short event. */
    private static byte number(int device) {
        return device > Byte.MAX_VALUE ? (byte) Spans.UNKNOWN : (byte) device;
    }
}
