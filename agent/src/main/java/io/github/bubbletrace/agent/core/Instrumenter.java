package io.github.bubbletrace.agent.core;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Puts code around methods of classes loaded and to come, and takes it away again. */
final class Instrumenter {

    private final Instrumentation instrumentation;
    private final Weaver weaver;

    Instrumenter(Instrumentation instrumentation, List<Rule> rules, Options options) {
        this.instrumentation = instrumentation;
        List<Target> targets = new ArrayList<>();
        for (Rule rule : rules) {
            targets.add(RuleAdvice.target(rule));
        }
        targets.addAll(ApiAdvice.targets(options.isOn("late", false)));
        if (options.isOn("libraries", rules.isEmpty())) {
            targets.addAll(Libraries.targets());
        }
        if (options.isOn("queues", true)) {
            targets.add(QueueAdvice.target());
        }
        weaver = new Weaver(targets);
    }

    void install() {
        instrumentation.addTransformer(weaver, true);
        retransform(weaver::wants);
    }

    String undo() {
        if (instrumentation.removeTransformer(weaver)) {
            retransform(loaded -> weaver.classes().contains(loaded.getName()));
        }
        return weaver.classes().size() + " classes restored";
    }

    private void retransform(Predicate<Class<?>> wanted) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(loaded) && wanted.test(loaded)) {
                classes.add(loaded);
            }
        }
        if (!retransform(classes)) {
            // One that the JVM refuses spoils the rest of its batch.
            classes.forEach(each -> retransform(List.of(each)));
        }
    }

    private boolean retransform(List<Class<?>> classes) {
        try {
            if (!classes.isEmpty()) {
                instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
            }
            return true;
        } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
            weaver.failed(classes.get(0).getName(), e);
            return false;
        }
    }

    String status() {
        return weaver.status();
    }
}
