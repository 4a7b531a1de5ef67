package io.github.bubbletrace.schedule;

/**
 * One entry of a device's order: run {@code phase} of {@code microBatch} on {@code chunk}.
 *
 * @param phase what is computed
 * @param chunk number of the model slice over the whole pipeline, 0 is the first
 * @param microBatch number of the micro-batch within its iteration
 */
public record Action(Phase phase, int chunk, int microBatch) {

    /** PyTorch's spelling: chunk, phase, micro-batch, as in {@code 0F3}. */
    @Override
    public String toString() {
        return chunk + phase.name() + microBatch;
    }

    /** Spread: the sums that records make of neighbouring chunks and micro-batches are mostly the same few numbers. */
    @Override
    public int hashCode() {
        int mixed = ((phase == null ? -1 : phase.ordinal()) * 0x2545F491 + chunk) * 0x9E3779B1 + microBatch;
        mixed *= 0x85EBCA77;
        return mixed ^ (mixed >>> 15);
    }
}
