package io.github.bubbletrace.schedule;

/**
 * How an inference engine feeds a pipeline.
 *
 * @param inFlight how many batches are in flight at most, k; 0 for as many as there are devices
 * @param prefillEvery every how many batches one is a prefill, the first of them; 0 for none
 * @param drafted tokens that a draft model on the last device proposes for each sequence after every pass, which the next
 *     pass verifies; 0 for none
 * @param acceptance the probability that a drafted token is accepted
 */
public record Serving(int inFlight, int prefillEvery, int drafted, double acceptance) {

    /** As many batches in flight as devices, no prefill. */
    public static final Serving PLAIN = new Serving(0, 0);

    /** Batches without speculation. */
    public Serving(int inFlight, int prefillEvery) {
        this(inFlight, prefillEvery, 0, 0);
    }

    /** The same with {@code tokens} drafted after every pass, each accepted with that probability. */
    public Serving drafting(int tokens, double probability) {
        return new Serving(inFlight, prefillEvery, tokens, probability);
    }

    /**
     * Tokens of a sequence that a pass is expected to yield: 1, or (1 - a^(n+1)) / (1 - a) for n drafted ones that are accepted
     * with probability a each (Leviathan et al. 2023).
     */
    public double tokensPerPass() {
        return acceptance == 1 ? drafted + 1 : (1 - Math.pow(acceptance, drafted + 1)) / (1 - acceptance);
    }

    /** @throws IllegalArgumentException where a number is negative */
    public Serving {
        if (inFlight < 0 || prefillEvery < 0 || drafted < 0) {
            throw new IllegalArgumentException(
                    "batches in flight, batches between prefills and drafted tokens cannot be negative");
        }
        if (!(acceptance >= 0 && acceptance <= 1)) {
            throw new IllegalArgumentException("the share of accepted tokens is between 0 and 1");
        }
    }
}
