package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.List;

/** What makes the API's spans and annotations work. A job that does not have the API on its class path pays nothing. */
final class ApiAdvice {

    private static final String ANNOTATION = "io/github/bubbletrace/api/PipelineStage";

    /** The annotation, as class files write it. */
    static final String DESCRIPTOR = "L" + ANNOTATION + ";";

    private static final String SPAN = "io.github.bubbletrace.api.PipelineSpan";
    private static final String RESOURCE = ANNOTATION + ".class";

    private ApiAdvice() {}

    static List<Target> targets(boolean late) {
        if (!late && ClassLoader.getSystemResource(RESOURCE) == null) {
            return List.of();
        }
        return List.of(
                Target.of(
                        SPAN,
                        Probe.after(method -> method.name().equals("open"), open()),
                        Probe.before(method -> method.name().equals("shut"), shut())),
                Target.of(
                        candidate -> isOfJob(candidate.loader()) && candidate.mentions(DESCRIPTOR), ApiAdvice::probes));
    }

    /** The JDK's own classes bear no annotations of ours. */
    private static boolean isOfJob(ClassLoader loader) {
        return loader != null && loader != ClassLoader.getPlatformClassLoader();
    }

    private static List<Probe> probes(ClassShape type) {
        List<Probe> probes = new ArrayList<>();
        for (Member method : type.methods()) {
            if (method.annotated() != null) {
                Rule rule = Rule.annotated(type.toString(), method.name(), method.annotated());
                probes.add(RuleAdvice.probe(rule, method::isSame));
            }
        }
        return probes;
    }

    /** Gives the API's own method an answer. */
    private static Snippet open() {
        return (site, code) -> {
            for (int argument = 0; argument < 4; argument++) {
                site.pushArgument(argument, code);
            }
            Site.call("open", "(IIIC)Ljava/lang/Object;", code);
            site.popReturned(code);
        };
    }

    /** Takes it back. */
    private static Snippet shut() {
        return (site, code) -> {
            site.pushArgument(0, code);
            Site.call("shut", "(Ljava/lang/Object;)V", code);
        };
    }
}
