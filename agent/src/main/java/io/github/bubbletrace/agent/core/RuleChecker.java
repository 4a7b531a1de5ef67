package io.github.bubbletrace.agent.core;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;

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
            Types types = new Types(loader);
            ClassShape type = types.find(rule.type().replace('.', '/'));
            if (type != null) {
                found = true;
                check(rule, types, type);
            }
        }
        if (!found && !late) {
            throw new AgentException("rule '" + rule + "': no class " + rule.type()
                    + " on the class path; check its name, or add late=on where another class loader brings it later");
        }
    }

    private static void check(Rule rule, Types types, ClassShape type) {
        boolean found = false;
        for (Member method : type.methods()) {
            if (rule.hasSubtypes()
                    ? method.name().equals(rule.method()) && !method.isBridge()
                    : RuleAdvice.methods(rule).test(method)) {
                found = true;
                check(rule, types, type, method);
            }
        }
        if (!found) {
            throw new AgentException("rule '" + rule + "': no method " + rule.method() + " with a body in "
                    + rule.type() + "; name a method that the class itself declares");
        }
    }

    private static void check(Rule rule, Types types, ClassShape type, Member method) {
        try {
            RuleAdvice.check(rule, types, type, method);
        } catch (AgentException e) {
            throw new AgentException("rule '" + rule + "': " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new AgentException("rule '" + rule + "': a class that it needs is missing: " + e.getMessage(), e);
        }
    }
}
