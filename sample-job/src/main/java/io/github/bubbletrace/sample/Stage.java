package io.github.bubbletrace.sample;

/** One stage of the pipeline. */
final class Stage {

    private static final int BLOCK = 1 << 16;

    private final int number;
    private final JobOptions options;
    private final Truth truth;
    private byte[] garbage = new byte[0];

    Stage(int number, JobOptions options, Truth truth) {
        this.number = number;
        this.options = options;
        this.truth = truth;
    }

    /** Works on {@code batch}: what a trace should show as busy. */
    Batch process(Batch batch) {
        long start = System.nanoTime();
        options.kernel().run(options.workNs(number));
        for (int block = 0; block < options.garbageMb() * ((1 << 20) / BLOCK); block++) {
            garbage = new byte[BLOCK];
        }
        truth.log(number, batch, start, System.nanoTime());
        return batch;
    }

    /** What it allocated last. */
    int garbage() {
        return garbage.length;
    }
}
