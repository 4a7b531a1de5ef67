package io.github.bubbletrace.sample;

import java.util.ArrayList;
import java.util.List;

/** One stage of the pipeline. */
final class Stage {

    private static final int BLOCK = 1 << 16;

    private final int number;
    private final JobOptions options;
    private final Truth truth;
    private final List<byte[]> held = new ArrayList<>();

    Stage(int number, JobOptions options, Truth truth) {
        this.number = number;
        this.options = options;
        this.truth = truth;
    }

    /** Works on {@code batch}: what a trace should show as busy. */
    Batch process(Batch batch) {
        long start = System.nanoTime();
        long collectedBefore = Truth.collectedMs();
        options.kernel().run(options.workNs(number));
        for (int block = 0; block < options.garbageMb() * ((1 << 20) / BLOCK); block++) {
            held.add(new byte[BLOCK]);
        }
        held.clear();
        long collected = Truth.collectedMs() - collectedBefore;
        truth.task(number, batch, start, System.nanoTime(), collected);
        return batch;
    }

    /** Hands {@code batch} over to the next stage, which takes {@code ns}. */
    Batch handOver(Batch batch, long ns) {
        long start = System.nanoTime();
        Kernel.WAIT.run(ns);
        truth.handOver(number, batch, start, System.nanoTime());
        return batch;
    }
}
