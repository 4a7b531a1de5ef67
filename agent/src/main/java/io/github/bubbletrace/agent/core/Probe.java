package io.github.bubbletrace.agent.core;

import java.util.function.Predicate;

/** Code around methods. What it throws is counted and goes no further. Immutable. */
final class Probe {

    private final Predicate<Member> methods;
    private final String token;
    private final Snippet start;
    private final Snippet returning;
    private final Snippet throwing;
    private final boolean keeps;

    private Probe(
            Predicate<Member> methods,
            String token,
            Snippet start,
            Snippet returning,
            Snippet throwing,
            boolean keeps) {
        this.methods = methods;
        this.token = token;
        this.start = start;
        this.returning = returning;
        this.throwing = throwing;
        this.keeps = keeps;
    }

    /**
     * Code at the start of a method and at all its ends.
     *
     * @param token the type, with slashes, of what {@code start} leaves on the stack for the others
     * @param keeps whether those need the method's arguments as they were when it was called
     */
    static Probe around(
            Predicate<Member> methods,
            String token,
            Snippet start,
            Snippet returning,
            Snippet throwing,
            boolean keeps) {
        return new Probe(methods, token, start, returning, throwing, keeps);
    }

    /** Code at the start alone. */
    static Probe before(Predicate<Member> methods, Snippet start) {
        return new Probe(methods, null, start, null, null, true);
    }

    /** Code where a method returns. */
    static Probe after(Predicate<Member> methods, Snippet returning) {
        return new Probe(methods, null, null, returning, null, true);
    }

    /** Whether it is for {@code method}. */
    boolean fits(Member method) {
        return method.hasBody() && methods.test(method);
    }

    /** The type of what the code at the start leaves; null where it leaves nothing. */
    String token() {
        return token;
    }

    boolean keepsArguments() {
        return keeps;
    }

    /** Null where there is none. */
    Snippet start() {
        return start;
    }

    /** Null where there is none. */
    Snippet returning() {
        return returning;
    }

    /** Null where there is none. */
    Snippet throwing() {
        return throwing;
    }
}
