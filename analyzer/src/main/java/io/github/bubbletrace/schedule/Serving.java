package io.github.bubbletrace.schedule;

/**
 * How an inference engine feeds a pipeline.
 *
 * @param inFlight how many batches are in flight at most, k; 0 for as many as there are devices
 * @param prefillEvery every how many batches one is a prefill, the first of them; 0 for none
 */
public record Serving(int inFlight, int prefillEvery) {

    /** As many batches in flight as devices, no prefill. */
    public static final Serving PLAIN = new Serving(0, 0);

    /** @throws IllegalArgumentException where a number is negative */
    public Serving {
        if (inFlight < 0 || prefillEvery < 0) {
            throw new IllegalArgumentException("batches in flight and between prefills cannot be negative");
        }
    }
}
