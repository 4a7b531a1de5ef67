package io.github.bubbletrace.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method whose calls are the work of a pipeline's stage. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PipelineStage {

    /**
     * What a rule of the agent says in parentheses, such as {@code stage=2,microbatch=arg0.index(),phase=F}. Without a
     * stage, the thread's name says it.
     */
    String value() default "";
}
