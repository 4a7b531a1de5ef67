package io.github.bubbletrace.agent.core;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** Checks rules before anything is touched: the class is there, the method, the argument, and what it leads to. */
final class RuleChecker {

    private final Instrumentation instrumentation;
    private final boolean late;

    /** A checker; {@code late} where classes may come that no class loader has yet. */
    RuleChecker(Instrumentation instrumentation, boolean late) {
        this.instrumentation = instrumentation;
        this.late = late;
    }

    /**
     * Checks {@code rule}.
     *
     * @throws AgentException where it names something that is not there
     */
    void check(Rule rule) {
        Set<ClassLoader> loaders = new HashSet<>();
        loaders.add(ClassLoader.getSystemClassLoader());
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(rule.type())) {
                loaders.add(loaded.getClassLoader());
            }
        }
        boolean found = false;
        for (ClassLoader loader : loaders) {
            TypePool pool = TypePool.Default.of(ClassFileLocator.ForClassLoader.of(loader));
            TypePool.Resolution type = pool.describe(rule.type());
            if (type.isResolved()) {
                found = true;
                check(rule, type.resolve());
            }
        }
        if (!found && !late) {
            throw new AgentException("rule '" + rule + "': no class " + rule.type()
                    + " on the class path; check its name, or add late=on where another class loader brings it later");
        }
    }

    private static void check(Rule rule, TypeDescription type) {
        MethodList<?> methods = type.getDeclaredMethods()
                .filter(
                        rule.hasSubtypes()
                                ? ElementMatchers.named(rule.method())
                                        .and(ElementMatchers.not(ElementMatchers.isBridge()))
                                : RuleAdvice.methods(rule));
        if (methods.isEmpty()) {
            throw new AgentException("rule '" + rule + "': no method " + rule.method() + " with a body in "
                    + rule.type() + "; name a method that the class itself declares");
        }
        for (MethodDescription method : methods) {
            try {
                RuleAdvice.check(rule, type, method);
            } catch (AgentException e) {
                throw new AgentException("rule '" + rule + "': " + e.getMessage(), e);
            } catch (IllegalStateException e) {
                throw new AgentException("rule '" + rule + "': a class that it needs is missing: " + e.getMessage(), e);
            }
        }
    }
}
