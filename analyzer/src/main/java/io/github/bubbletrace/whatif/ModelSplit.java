package io.github.bubbletrace.whatif;

/**
 * How the chunks of a new split of the model lie over the recorded ones. Work is spread evenly over a recorded chunk, except
 * what the first and the last take beyond the middle ones: embedding and output head stay at the model's ends. Immutable.
 */
final class ModelSplit {

    private final double[] bounds;
    private final int recorded;

    private ModelSplit(double[] bounds, int recorded) {
        this.bounds = bounds;
        this.recorded = recorded;
    }

    /** {@code chunks} even chunks in place of {@code recorded}. */
    static ModelSplit even(int recorded, int chunks) {
        double[] bounds = new double[chunks + 1];
        for (int chunk = 0; chunk <= chunks; chunk++) {
            bounds[chunk] = (double) recorded * chunk / chunks;
        }
        return new ModelSplit(bounds, recorded);
    }

    int chunks() {
        return bounds.length - 1;
    }

    /** The first recorded chunk that {@code chunk} holds a part of. */
    int first(int chunk) {
        return Math.min(recorded - 1, (int) Math.floor(bounds[chunk] + 1e-9));
    }

    /** One past the last recorded chunk that {@code chunk} holds a part of. */
    int end(int chunk) {
        return Math.max(first(chunk) + 1, (int) Math.ceil(bounds[chunk + 1] - 1e-9));
    }

    /** The recorded chunk in the middle of {@code chunk}. */
    int middle(int chunk) {
        return Math.min(recorded - 1, (int) Math.floor((bounds[chunk] + bounds[chunk + 1]) / 2));
    }

    /** The share of a recorded chunk that lies in {@code chunk}; {@code excess} of it stays at the model's end. */
    double share(int chunk, int recordedChunk, double excess) {
        double overlap =
                Math.max(0, Math.min(bounds[chunk + 1], recordedChunk + 1.0) - Math.max(bounds[chunk], recordedChunk));
        boolean atEnd = (recordedChunk == 0 && chunk == 0) || (recordedChunk == recorded - 1 && chunk == chunks() - 1);
        return overlap * (1 - excess) + (atEnd ? excess : 0);
    }

    /** Where {@code chunk} begins, in recorded chunks. */
    double start(int chunk) {
        return bounds[chunk];
    }
}
