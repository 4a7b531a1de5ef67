package io.github.bubbletrace.sample;

/** One micro-batch on its way through the stages. Immutable. */
final class Batch {

    private final int iteration;
    private final int index;

    Batch(int iteration, int index) {
        this.iteration = iteration;
        this.index = index;
    }

    int iteration() {
        return iteration;
    }

    int index() {
        return index;
    }
}
