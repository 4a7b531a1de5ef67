package io.github.bubbletrace.agent.core;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which classes are given which code. Immutable. */
final class Target {

    private final Predicate<Candidate> classes;
    private final Function<ClassShape, List<Probe>> probes;

    private Target(Predicate<Candidate> classes, Function<ClassShape, List<Probe>> probes) {
        this.classes = classes;
        this.probes = probes;
    }

    /** The same code for all of {@code classes}. */
    static Target of(Predicate<Candidate> classes, Probe... probes) {
        List<Probe> all = List.of(probes);
        return new Target(classes, type -> all);
    }

    /** Code that the class's own declarations say. */
    static Target of(Predicate<Candidate> classes, Function<ClassShape, List<Probe>> probes) {
        return new Target(classes, probes);
    }

    /** The same for one class. */
    static Target of(String name, Probe... probes) {
        return of(candidate -> candidate.name().equals(name), probes);
    }

    boolean covers(Candidate candidate) {
        return classes.test(candidate);
    }

    /** What is put into {@code type}, which is covered. */
    List<Probe> probes(ClassShape type) {
        return probes.apply(type);
    }
}
