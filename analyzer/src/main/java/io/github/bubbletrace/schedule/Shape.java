package io.github.bubbletrace.schedule;

/**
 * The size of a pipeline and of one iteration's work.
 *
 * @param devices how many devices the pipeline has, p
 * @param chunksPerDevice how many slices of the model each device holds, v
 * @param microBatches how many micro-batches one iteration sends through, m; in decode how many batches
 * @param serving how batches are fed in decode; of no meaning to other kinds
 */
public record Shape(int devices, int chunksPerDevice, int microBatches, Serving serving) {

    /** @throws IllegalArgumentException where a number is below 1 */
    public Shape {
        if (devices < 1 || chunksPerDevice < 1 || microBatches < 1) {
            throw new IllegalArgumentException("stages, chunks and micro-batches must be at least 1");
        }
    }

    /** A shape for any kind; decode fills its pipeline. */
    public Shape(int devices, int chunksPerDevice, int microBatches) {
        this(devices, chunksPerDevice, microBatches, Serving.PLAIN);
    }

    /** The same fed in another way. */
    public Shape with(Serving fed) {
        return new Shape(devices, chunksPerDevice, microBatches, fed);
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
