package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** Code around methods. What it throws is counted and goes no further. Immutable. */
final class Probe {

    private static final StackManipulation COUNT_FAILURE = MethodInvocation.invoke(ClassFiles.own(Spans.class)
            .getDeclaredMethods()
            .filter(ElementMatchers.named("failed"))
            .getOnly());

    private final ElementMatcher<MethodDescription> methods;
    private final Advice advice;

    private Probe(ElementMatcher<MethodDescription> methods, Advice advice) {
        this.methods = methods;
        this.advice = advice;
    }

    /** The code of {@code advice} around {@code methods}. */
    static Probe of(Class<?> advice, ElementMatcher<MethodDescription> methods) {
        return of(ClassFiles.advice(advice), methods);
    }

    static Probe of(Advice advice, ElementMatcher<MethodDescription> methods) {
        return new Probe(methods, advice.withExceptionHandler(COUNT_FAILURE));
    }

    /** Whether {@code type} declares such a method. */
    boolean fits(TypeDescription type) {
        return !type.getDeclaredMethods().filter(methods).isEmpty();
    }

    /** What puts the code into a class. */
    AsmVisitorWrapper visitor() {
        return advice.on(methods);
    }
}
