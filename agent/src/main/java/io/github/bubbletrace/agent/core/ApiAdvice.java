package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import io.github.bubbletrace.event.StageEvent;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;

/** What makes the API's spans and annotations work. A job that does not have the API on its class path pays nothing. */
final class ApiAdvice {

    private static final String SPAN = "io.github.bubbletrace.api.PipelineSpan";
    private static final String ANNOTATION = "io.github.bubbletrace.api.PipelineStage";
    private static final String RESOURCE = ANNOTATION.replace('.', '/') + ".class";
    private static final String DESCRIPTOR = "L" + ANNOTATION.replace('.', '/') + ";";

    private ApiAdvice() {}

    static List<Target> targets(boolean late) {
        if (!late && ClassLoader.getSystemResource(RESOURCE) == null) {
            return List.of();
        }
        return List.of(
                Target.of(
                        SPAN,
                        Probe.of(Open.class, ElementMatchers.named("open")),
                        Probe.of(Shut.class, ElementMatchers.named("shut"))),
                Target.of(
                        candidate -> isOfJob(candidate.loader()) && candidate.mentions(DESCRIPTOR), ApiAdvice::probes));
    }

    /** The JDK's own classes bear no annotations of ours. */
    private static boolean isOfJob(ClassLoader loader) {
        return loader != null && loader != ClassLoader.getPlatformClassLoader();
    }

    private static List<Probe> probes(TypeDescription type) {
        List<Probe> probes = new ArrayList<>();
        for (MethodDescription method : type.getDeclaredMethods()) {
            for (AnnotationDescription annotation : method.getDeclaredAnnotations()) {
                if (annotation.getAnnotationType().getName().equals(ANNOTATION)) {
                    probes.add(RuleAdvice.probe(rule(type, method, annotation)));
                }
            }
        }
        return probes;
    }

    private static Rule rule(TypeDescription type, MethodDescription method, AnnotationDescription annotation) {
        List<String> parameters = new ArrayList<>();
        method.getParameters().asTypeList().asErasures().forEach(p -> parameters.add(p.getActualName()));
        String attributes = annotation.getValue("value").resolve(String.class);
        return Rule.annotated(type.getName(), method.getName(), parameters, attributes);
    }

    /** Gives the API's own method an answer. */
    static final class Open {

        private Open() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        @SuppressWarnings("UnusedVariable") // what is written to the token is what the method returns
        static void exit(
                @Advice.Argument(0) int stage,
                @Advice.Argument(1) int microBatch,
                @Advice.Argument(2) int iteration,
                @Advice.Argument(3) char phase,
                @Advice.Return(readOnly = false) Object token) {
            token = Spans.enter(Math.max(stage, Spans.UNKNOWN), microBatch, iteration, phase);
        }
    }

    /** Takes it back. */
    static final class Shut {

        private Shut() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.Argument(0) Object token) {
            Spans.exit((StageEvent) token);
        }
    }
}
