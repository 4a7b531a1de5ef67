package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import io.github.bubbletrace.event.StageEvent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;

/** The code put around a stage method. */
final class StageAdvice {

    private StageAdvice() {}

    /** Marks the stage. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Stage {}

    /** Marks the micro-batch. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface MicroBatch {}

    /** Marks the iteration. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Iteration {}

    /** Marks the phase. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface PhaseLetter {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static StageEvent enter(
            @Stage int stage, @MicroBatch int microBatch, @Iteration int iteration, @PhaseLetter char phase) {
        return Spans.enter(stage, microBatch, iteration, phase);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(@Advice.Enter StageEvent event) {
        Spans.exit(event);
    }
}
