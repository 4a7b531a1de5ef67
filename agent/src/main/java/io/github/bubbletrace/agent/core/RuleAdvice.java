package io.github.bubbletrace.agent.core;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** Applies a {@link Rule} to the methods of a class. */
final class RuleAdvice {

    private RuleAdvice() {}

    /** The methods of {@code rule} in any class it applies to. */
    static ElementMatcher.Junction<MethodDescription> methods(Rule rule) {
        ElementMatcher.Junction<MethodDescription> named = ElementMatchers.<MethodDescription>named(rule.method())
                .and(ElementMatchers.isMethod())
                .and(ElementMatchers.not(ElementMatchers.isAbstract()))
                .and(ElementMatchers.not(ElementMatchers.isNative()))
                .and(ElementMatchers.not(ElementMatchers.isBridge()));
        return rule.parameters() == null ? named : named.and(method -> hasTypes(method, rule));
    }

    private static boolean hasTypes(MethodDescription method, Rule rule) {
        if (method.getParameters().size() != rule.parameters().size()) {
            return false;
        }
        for (int i = 0; i < rule.parameters().size(); i++) {
            TypeDescription type = method.getParameters().get(i).getType().asErasure();
            String wanted = rule.parameters().get(i);
            if (!type.getActualName().equals(wanted) && !type.getSimpleName().equals(wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Checks everything that {@code rule} names for {@code method} of {@code type}. */
    static void check(Rule rule, TypeDescription type, MethodDescription method) {
        new ValueReader(rule.stage(), type, method).read(null);
        new ValueReader(rule.microBatch(), type, method).read(null);
        new ValueReader(rule.iteration(), type, method).read(null);
    }

    /** The classes of {@code rule}, and the code around its methods. */
    static Target target(Rule rule) {
        String name = rule.type();
        return rule.hasSubtypes()
                ? Target.of(candidate -> candidate.isSubtype(name), probe(rule))
                : Target.of(name, probe(rule));
    }

    /** The code of {@code rule} around its methods. */
    static Probe probe(Rule rule) {
        Advice advice = Advice.withCustomMapping()
                .bind(StageAdvice.Stage.class, mapping(rule.stage()))
                .bind(StageAdvice.MicroBatch.class, mapping(rule.microBatch()))
                .bind(StageAdvice.Iteration.class, mapping(rule.iteration()))
                .bind(StageAdvice.PhaseLetter.class, mapping(Value.constant(rule.phase())))
                .to(ClassFiles.own(StageAdvice.class), ClassFiles.OWN);
        return Probe.of(advice, methods(rule));
    }

    private static Advice.OffsetMapping mapping(Value value) {
        return (type, method, assigner, arguments, sort) -> {
            StackManipulation code = new ValueReader(value, type, method).read(arguments);
            return new Advice.OffsetMapping.Target.ForStackManipulation(code);
        };
    }
}
