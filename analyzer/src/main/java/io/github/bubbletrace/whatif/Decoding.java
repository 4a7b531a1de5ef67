package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Serving;

/**
 * How a decode loop runs.
 *
 * @param inFlight batches in flight, k; 0 where nothing feeds back
 * @param isContinuous whether a new batch takes the place of a finished one, so that the loop never drains
 * @param drafted tokens that are drafted for each sequence before a pass verifies them; 0 for none
 * @param acceptance the probability that a drafted token is accepted
 * @param draftShare what drafting one token takes over a pass through all stages; 0 for what was recorded
 */
record Decoding(int inFlight, boolean isContinuous, int drafted, double acceptance, double draftShare) {

    /** Nothing feeds back. */
    static final Decoding NONE = recorded(0, false);

    /** A recorded loop; of drafts that it has nothing but their time is known. */
    static Decoding recorded(int inFlight, boolean drafts) {
        return new Decoding(inFlight, false, drafts ? 1 : 0, 0, 0);
    }

    Decoding withInFlight(int count) {
        return new Decoding(count, isContinuous, drafted, acceptance, draftShare);
    }

    Decoding continuous() {
        return new Decoding(inFlight, true, drafted, acceptance, draftShare);
    }

    Decoding drafting(int tokens, double probability, double share) {
        return new Decoding(inFlight, isContinuous, tokens, probability, share);
    }

    /** As a generator takes it. */
    Serving serving() {
        return new Serving(inFlight, 0).drafting(drafted, acceptance);
    }

    /** Tokens that a pass is expected to yield each sequence. */
    double tokensPerPass() {
        return serving().tokensPerPass();
    }

    /** What drafting takes after a pass that takes {@code passNs} through all stages. */
    double draftNs(double passNs) {
        return drafted * draftShare * passNs;
    }
}
