package io.github.bubbletrace.whatif;

/**
 * What the user tells of a model and its machine; 0 where it is not told.
 *
 * @param layers transformer layers of the whole model
 * @param activationBytes activations of one micro-batch on one device, over all its chunks
 * @param boundaryBytes the output of a stage for one micro-batch: what stays of it where the rest is recomputed
 * @param parameterBytes parameters, gradients and optimizer state of one device
 * @param limitBytes memory of a device
 */
public record ModelFacts(int layers, long activationBytes, long boundaryBytes, long parameterBytes, long limitBytes) {

    /** Nothing is told. */
    public static final ModelFacts NONE = new ModelFacts(0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException where a number is negative */
    public ModelFacts {
        if (layers < 0 || activationBytes < 0 || boundaryBytes < 0 || parameterBytes < 0 || limitBytes < 0) {
            throw new IllegalArgumentException("layers and bytes must not be negative");
        }
    }
}
