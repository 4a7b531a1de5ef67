package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Phase;
import java.util.Locale;

/**
 * Speculative decoding: after every pass a draft model on the last stage proposes tokens one by one, and the next pass
 * verifies them. A pass yields (1 - a^(n+1)) / (1 - a) tokens for n drafted ones, each accepted with probability a (Leviathan et
 * al. 2023), and takes as long as recorded.
 */
final class Speculation implements JobChange {

    /** What a draft of one token takes over a pass through all stages where nobody says. */
    static final double DRAFT_SHARE = 0.05;

    private final int drafted;
    private final double acceptance;
    private final double draftShare;

    /** @throws RefusedChangeException where the acceptance is no probability */
    Speculation(int drafted, double acceptance, double draftShare) {
        if (acceptance > 1) {
            throw new RefusedChangeException(
                    Texts.number(acceptance) + " is no share of accepted tokens",
                    "nearest: speculate=" + drafted + "@1");
        }
        this.drafted = drafted;
        this.acceptance = acceptance;
        this.draftShare = draftShare;
    }

    @Override
    public String job() {
        return drafted == 0
                ? "draft no tokens"
                : "draft " + drafted + " tokens a pass with a small model (speculative decoding)";
    }

    @Override
    public String note() {
        return drafted == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "supposed: %s of the drafted tokens are accepted, each takes %s of a pass through all stages on the last"
                                + " stage, and a pass over %d tokens takes as long as over one",
                        Texts.percent(acceptance),
                        Texts.percent(draftShare),
                        drafted + 1);
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        BatchesInFlight.requireDecode(job, "nearest: transfers=0");
        if (job.first().runs(Phase.S)) {
            throw new RefusedChangeException(
                    "passes of this run verify drafted tokens already, and the trace does not say how many",
                    "nearest: inflight=" + plan.stages());
        }
        return drafted == 0 ? plan : plan.withDecoding(plan.decoding().drafting(drafted, acceptance, draftShare));
    }
}
