package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Serving;
import java.util.Locale;

/**
 * What a step of a decode loop comes to for its sequences. A sequence gets the tokens of a pass every k passes.
 *
 * @param decoding how the loop runs
 * @param passes passes of a step
 * @param stepNs the step, in nanoseconds
 */
record TokenTimes(Decoding decoding, int passes, long stepNs) {

    /** Between two tokens of a sequence, in nanoseconds. */
    double tokenNs() {
        return decoding.inFlight() * (double) stepNs / passes / decoding.tokensPerPass();
    }

    /** In words, beside the recorded loop. */
    String beside(TokenTimes recorded) {
        String tokens = String.format(
                Locale.ROOT,
                "a token of a sequence every %.3f ms, recorded %.3f ms",
                tokenNs() / 1e6,
                recorded.tokenNs() / 1e6);
        return decoding.drafted() == 0 || recorded.decoding.drafted() > 0
                ? tokens
                : tokens + "; " + payingOff(recorded);
    }

    /** From which acceptance on drafting gives as many tokens per time as without. */
    private String payingOff(TokenTimes recorded) {
        double wanted = (double) stepNs / passes * recorded.passes / recorded.stepNs;
        if (wanted > decoding.drafted() + 1) {
            return "whatever the acceptance, it does not pay";
        }
        double low = 0;
        double high = 1;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            boolean isEnough =
                    new Serving(0, 0).drafting(decoding.drafted(), middle).tokensPerPass() >= wanted;
            high = isEnough ? middle : high;
            low = isEnough ? low : middle;
        }
        return "pays from an acceptance of " + Texts.percent(high) + " on";
    }
}
