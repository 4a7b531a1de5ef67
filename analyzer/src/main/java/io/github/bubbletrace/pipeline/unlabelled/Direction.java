package io.github.bubbletrace.pipeline.unlabelled;

/** Where each stage's tasks of one direction stand in the common count. */
final class Direction {

    private final int[] offset;
    private final Rounds rounds;

    /** @param offset of each stage's first task */
    Direction(int[] offset, Rounds rounds) {
        this.offset = offset;
        this.rounds = rounds;
    }

    /** Round of a stage's task. */
    int round(int place, int task) {
        return rounds.round(task + offset[place]);
    }

    /** Micro-batch of a stage's task. */
    int microBatch(int place, int task) {
        return rounds.microBatch(task + offset[place]);
    }

    /** How many rounds there are. */
    int rounds() {
        return rounds.rounds();
    }
}
