package io.github.bubbletrace.schedule;

/**
 * The size of a pipeline and of one iteration's work.
 *
 * @param devices how many devices the pipeline has, p
 * @param chunksPerDevice how many slices of the model each device holds, v
 * @param microBatches how many micro-batches one iteration sends through, m; in decode how many batches
 * @param serving how batches are fed in decode; of no meaning to other kinds
 * @param groupSize micro-batches that a device with several chunks takes through a chunk at a time; 0 for the kind's own
 */
public record Shape(int devices, int chunksPerDevice, int microBatches, Serving serving, int groupSize) {

    /** @throws IllegalArgumentException where a number is below 1 */
    public Shape {
        if (devices < 1 || chunksPerDevice < 1 || microBatches < 1) {
            throw new IllegalArgumentException("stages, chunks and micro-batches must be at least 1");
        }
        if (groupSize < 0) {
            throw new IllegalArgumentException("a group has at least 1 micro-batch");
        }
    }

    /** A shape for any kind; decode fills its pipeline. */
    public Shape(int devices, int chunksPerDevice, int microBatches) {
        this(devices, chunksPerDevice, microBatches, Serving.PLAIN, 0);
    }

    /** The same fed in another way. */
    public Shape with(Serving fed) {
        return new Shape(devices, chunksPerDevice, microBatches, fed, groupSize);
    }

    /** The same with {@code count} micro-batches in a group. */
    public Shape inGroupsOf(int count) {
        return new Shape(devices, chunksPerDevice, microBatches, serving, count);
    }

    /** How many chunks the whole pipeline has. */
    public int chunks() {
        return devices * chunksPerDevice;
    }

    /** Batches in flight in decode: at most as many as there are. */
    public int inFlight() {
        return Math.min(microBatches, serving.inFlight() == 0 ? devices : serving.inFlight());
    }
}
