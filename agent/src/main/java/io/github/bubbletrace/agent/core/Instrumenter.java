package io.github.bubbletrace.agent.core;

import java.lang.instrument.Instrumentation;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;

/** Puts code around methods of classes loaded and to come, and takes it away again. */
final class Instrumenter {

    private final Instrumentation instrumentation;
    private final List<Rule> rules;
    private final boolean queues;
    private final boolean libraries;
    private final boolean late;
    private final Transformations transformations = new Transformations();
    private ResettableClassFileTransformer transformer;

    Instrumenter(Instrumentation instrumentation, List<Rule> rules, Options options) {
        this.instrumentation = instrumentation;
        this.rules = rules;
        queues = options.isOn("queues", true);
        libraries = options.isOn("libraries", rules.isEmpty());
        late = options.isOn("late", false);
    }

    void install() {
        // Byte Buddy's helper class for initialisers is never needed, and asking for it prints a warning on newer JDKs.
        System.setProperty("net.bytebuddy.nexus.disabled", "true");
        AgentBuilder builder = new AgentBuilder.Default(new ByteBuddy().with(TypeValidation.DISABLED))
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                .with(transformations)
                .ignore(ElementMatchers.nameStartsWith("io.github.bubbletrace.event."));
        for (Rule rule : rules) {
            builder = visit(builder, TypeNames.of(rule), RuleAdvice.visitor(rule));
        }
        builder = ApiAdvice.install(builder, late);
        if (libraries) {
            builder = Libraries.install(builder);
        }
        if (queues) {
            builder = QueueAdvice.install(builder);
        }
        transformer = builder.installOn(instrumentation);
        System.clearProperty("net.bytebuddy.nexus.disabled");
    }

    static AgentBuilder visit(AgentBuilder builder, AgentBuilder.RawMatcher types, AsmVisitorWrapper... visitors) {
        return builder.type(types).transform((type, description, loader, module, domain) -> {
            for (AsmVisitorWrapper visitor : visitors) {
                type = type.visit(visitor);
            }
            return type;
        });
    }

    String undo() {
        if (transformer != null) {
            transformer.reset(instrumentation, AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
            transformer = null;
        }
        return transformations.classes() + " classes restored";
    }

    String status() {
        return transformations.status();
    }
}
