package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import io.github.bubbletrace.event.StageEvent;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;

/** What makes the API's spans and annotations work. A job that does not have the API on its class path pays nothing. */
final class ApiAdvice {

    private static final String SPAN = "io.github.bubbletrace.api.PipelineSpan";
    private static final String ANNOTATION = "io.github.bubbletrace.api.PipelineStage";
    private static final String RESOURCE = ANNOTATION.replace('.', '/') + ".class";

    private ApiAdvice() {}

    static AgentBuilder install(AgentBuilder builder, boolean late) {
        if (!late && ClassLoader.getSystemResource(RESOURCE) == null) {
            return builder;
        }
        AgentBuilder spans = Instrumenter.visit(
                builder,
                (type, loader, module, loaded, domain) -> type.getName().equals(SPAN),
                RuleAdvice.withFailureCount(Advice.to(Open.class, ClassFiles.OWN))
                        .on(ElementMatchers.named("open")),
                RuleAdvice.withFailureCount(Advice.to(Shut.class, ClassFiles.OWN))
                        .on(ElementMatchers.named("shut")));
        return spans.type((type, loader, module, loaded, domain) ->
                        isOfJob(loader) && !rules(type).isEmpty())
                .transform((code, type, loader, module, domain) -> annotated(code, type));
    }

    /** The JDK's own classes bear no annotations of ours. */
    private static boolean isOfJob(ClassLoader loader) {
        return loader != null && loader != ClassLoader.getPlatformClassLoader();
    }

    private static DynamicType.Builder<?> annotated(DynamicType.Builder<?> code, TypeDescription type) {
        DynamicType.Builder<?> visited = code;
        for (Rule rule : rules(type)) {
            visited = visited.visit(RuleAdvice.visitor(rule));
        }
        return visited;
    }

    private static List<Rule> rules(TypeDescription type) {
        List<Rule> rules = new ArrayList<>();
        for (MethodDescription method : type.getDeclaredMethods()) {
            for (AnnotationDescription annotation : method.getDeclaredAnnotations()) {
                if (annotation.getAnnotationType().getName().equals(ANNOTATION)) {
                    rules.add(rule(type, method, annotation));
                }
            }
        }
        return rules;
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
