package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import java.util.Arrays;

/**
 * Which round of a ring each task of a device is in: micro-batches go round once a chunk. They go in blocks: all of a block
 * through one round, then through the next. A block's size shows where its last round begins, for nothing is passed on
 * from there.
 */
final class Rounds {

    private final int rounds;
    private final int[] round;
    private final int[] microBatch;

    private Rounds(int rounds, int tasks) {
        this.rounds = rounds;
        round = new int[tasks];
        microBatch = new int[tasks];
    }

    /** How many rounds there are. */
    int rounds() {
        return rounds;
    }

    /** Round of a task. */
    int round(int task) {
        return round[task];
    }

    /** Number of a task's micro-batch. */
    int microBatch(int task) {
        return microBatch[task];
    }

    /** Every task is a micro-batch of its own. */
    static Rounds one(int tasks) {
        Rounds one = new Rounds(1, tasks);
        Arrays.setAll(one.microBatch, k -> k);
        return one;
    }

    /** @param isLast whether nothing is passed on from each task */
    static Rounds of(boolean[] isLast) throws NoPipelineException {
        int ends = 0;
        for (boolean last : isLast) {
            ends += last ? 1 : 0;
        }
        if (ends == 0 || isLast.length % ends != 0) {
            throw new NoPipelineException("micro-batches go round the ring unevenly often");
        }
        int rounds = isLast.length / ends;
        if (rounds == 1) {
            return one(isLast.length);
        }
        Rounds found = new Rounds(rounds, isLast.length);
        int microBatch = 0;
        int at = 0;
        while (at < isLast.length) {
            int block = found.block(isLast, at);
            for (int i = 0; i < block * rounds; i++) {
                found.round[at + i] = i / block;
                found.microBatch[at + i] = microBatch + i % block;
            }
            microBatch += block;
            at += block * rounds;
        }
        return found;
    }

    private int block(boolean[] isLast, int from) throws NoPipelineException {
        int first = from;
        while (first < isLast.length && !isLast[first]) {
            first++;
        }
        int block = (first - from) / (rounds - 1);
        boolean whole = block > 0 && (first - from) % (rounds - 1) == 0 && from + block * rounds <= isLast.length;
        for (int i = 0; whole && i < block * rounds; i++) {
            whole = isLast[from + i] == (i / block == rounds - 1);
        }
        if (!whole) {
            throw new NoPipelineException("micro-batches do not go round the ring in blocks");
        }
        return block;
    }
}
