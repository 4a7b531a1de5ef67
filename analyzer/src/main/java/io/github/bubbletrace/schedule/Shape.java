package io.github.bubbletrace.schedule;

/**
 * The size of a pipeline and of one iteration's work.
 *
 * @param devices how many devices the pipeline has, p
 * @param chunksPerDevice how many slices of the model each device holds, v
 * @param microBatches how many micro-batches one iteration sends through, m
 */
public record Shape(int devices, int chunksPerDevice, int microBatches) {

    /** @throws IllegalArgumentException where a number is below 1 */
    public Shape {
        if (devices < 1 || chunksPerDevice < 1 || microBatches < 1) {
            throw new IllegalArgumentException("stages, chunks and micro-batches must be at least 1");
        }
    }

    /** How many chunks the whole pipeline has. */
    public int chunks() {
        return devices * chunksPerDevice;
    }
}
