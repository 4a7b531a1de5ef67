package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.schedule.ScheduleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What rules of thumb say about a run. Each is only a suggestion until a replay of the trace has shown that it helps.
 */
final class Advisor {

    /** The share of ideal speed that micro-batches are chosen for. */
    private static final double EFFICIENCY = 0.9;

    /** From this bubble on interleaving is worth its transfers. */
    private static final double LARGE_BUBBLE = 0.2;

    /** Speculation as it is replayed where nobody says how many tokens are drafted and accepted. */
    static final String SPECULATION = "speculate=4@0.7";

    /** Shares of the step below this are not worth a change. */
    private static final double NOTICEABLE = 0.005;

    /**
     * One suggestion.
     *
     * @param change what to replay
     * @param supposes whether the gain rests on a number that no trace shows
     */
    record Suggestion(String change, String text, String reason, String formula, String cost, boolean supposes) {

        /** One that rests on the trace alone. */
        Suggestion(String change, String text, String reason, String formula, String cost) {
            this(change, text, reason, formula, cost, false);
        }
    }

    private final Job job;
    private final Plan plan;
    private final Played recorded;
    private final List<Suggestion> suggestions = new ArrayList<>();

    private Advisor(Job job, Played recorded) {
        this.job = job;
        this.recorded = recorded;
        plan = job.plan();
    }

    /** What may help; {@code split} is the best split, or null. */
    static List<Suggestion> suggestions(Job job, Played recorded, LayerSplit split) {
        Advisor advisor = new Advisor(job, recorded);
        if (job.first().inFlight() != null) {
            advisor.decode();
        } else if (job.isForwardOnly()) {
            advisor.inference();
        } else {
            advisor.training(split);
        }
        advisor.depth();
        return advisor.suggestions;
    }

    private void training(LayerSplit split) {
        microBatches();
        interleave();
        zeroBubble();
        if (split != null && split.layers() != null && split.gainNs() > NOTICEABLE * recorded.stepNs()) {
            suggestions.add(new Suggestion(
                    "layers="
                            + String.join(
                                    ",",
                                    split.layers().stream().map(String::valueOf).toList()),
                    "split the layers unevenly: --pipeline-model-parallel-layout " + split.layout(),
                    "chunks take different times, embedding and head included",
                    "the step lasts about m times the longest stage",
                    "memory moves with the layers"));
        }
    }

    /** Of one size; m >= e (p - 1) / ((1 - e) v). */
    private void microBatches() {
        int m = plan.microBatches();
        int p = plan.stages();
        int wanted = wanted(p, plan.chunksPerDevice());
        if (m == 0 || m >= wanted) {
            return;
        }
        String formula =
                "efficiency e needs m >= e (p - 1) / ((1 - e) v) micro-batches: " + wanted(p, 1) + " for e = 0.90, p = "
                        + p + ", v = 1; 4p to 8p, " + 4 * p + " to " + 8 * p + ", is the practical range";
        String reason = m + " micro-batches on " + p + " stages: the schedule alone allows "
                + Texts.percent(m * (double) plan.chunksPerDevice() / (m * plan.chunksPerDevice() + p - 1.0));
        String batch = "a larger global batch or fewer data-parallel replicas";
        int count = (wanted + p - 1) / p * p;
        if (plan.kind() == ScheduleKind.GPIPE) {
            suggestions.add(new Suggestion(
                    "schedule=1f1b+microbatches=" + count,
                    "run 1F1B first, then " + count + " micro-batches",
                    reason + "; GPipe holds the activations of all " + m + ", 1F1B of at most " + p
                            + ", which frees the memory for more",
                    formula,
                    batch));
        } else {
            suggestions.add(new Suggestion(
                    "microbatches=" + count, "run " + count + " micro-batches a step", reason, formula, batch));
        }
    }

    /** The fewest micro-batches for the efficiency that is aimed at: 9, 27, 63, 135 for p = 2, 4, 8, 16. */
    static int wanted(int p, int v) {
        return (int) Math.ceil(EFFICIENCY * (p - 1) / (1 - EFFICIENCY) / v - 1e-9);
    }

    private void interleave() {
        boolean isPlain = plan.kind() == ScheduleKind.ONE_F_ONE_B || plan.kind() == ScheduleKind.GPIPE;
        if (isPlain && recorded.bubble() > LARGE_BUBBLE) {
            suggestions.add(new Suggestion(
                    "schedule=interleaved:2",
                    "interleave two chunks a device (--num-layers-per-virtual-pipeline-stage)",
                    "the bubble is " + Texts.percent(recorded.bubble()) + ", more than " + Texts.percent(LARGE_BUBBLE),
                    "bubble (p - 1) / (p - 1 + m v) with v chunks a device",
                    "twice the transfers, and more activations in flight"));
        }
    }

    private void zeroBubble() {
        if (plan.kind() == ScheduleKind.ONE_F_ONE_B || plan.kind() == ScheduleKind.GPIPE) {
            suggestions.add(new Suggestion(
                    "schedule=zb-h1",
                    "split backwards into input and weight gradients and fill the bubble with the latter (ZB-H1)",
                    "a weight gradient waits for nothing but its own backward",
                    "idle (p - 1)(tf + tb - tw) in place of (p - 1)(tf + tb + tw), tb the input gradient",
                    "a framework that splits backwards; every device holds up to p activations"));
        }
    }

    private void inference() {
        int p = plan.stages();
        if (plan.microBatches() > 0 && plan.microBatches() < 3 * p) {
            suggestions.add(new Suggestion(
                    "microbatches=" + 3 * p,
                    "keep at least " + 3 * p + " micro-batches going",
                    plan.microBatches() + " micro-batches on " + p + " stages",
                    "m >= 3p with p from 2 to 4: an efficiency m / (m + p - 1) of 0.8 or more",
                    "latency; pipelining pays from a batch of 16 on, below it tensor parallelism answers sooner"));
        }
    }

    private void decode() {
        int k = plan.decoding().inFlight();
        if (k < plan.stages()) {
            suggestions.add(new Suggestion(
                    "inflight=" + plan.stages(),
                    "keep " + plan.stages() + " batches in flight, one a stage",
                    k + " batches in flight on " + plan.stages() + " stages leave stages without work",
                    "a pass takes max(slowest stage, (sum of stages and hops) / k)",
                    "more sequences at once (memory for their KV caches), or smaller batches"));
        }
        suggestions.add(new Suggestion(
                "continuous",
                "continuous batching: let new requests take the places of finished ones at every pass",
                "the loop fills before its first passes and drains after its last ones, once a step",
                "a loop that never drains takes max(slowest stage, (sum of stages and hops) / k) a pass",
                "a scheduler for every pass; prefill and decode share passes"));
        if (recorded.bubble() > LARGE_BUBBLE) {
            suggestions.add(new Suggestion(
                    SPECULATION,
                    "speculative decoding: draft 4 tokens a pass, if 70 % of them are accepted",
                    "stages idle " + Texts.percent(recorded.bubble())
                            + " of the time, and a verified token saves a round through all of them",
                    "tokens per pass = (1 - a^(n + 1)) / (1 - a) for n drafted ones, accepted with probability a",
                    "a draft model and its memory; measure the acceptance first",
                    true));
        }
    }

    /** Half the depth at twice the tensor parallelism, with half of what collectives may cost at most. */
    private void depth() {
        int p = plan.stages();
        if (p < 4
                || p % 2 != 0
                || plan.microBatches() == 0
                || plan.kind() == null
                || job.first().inFlight() != null) {
            return;
        }
        double slots = plan.microBatches() + p / 2.0 - 1;
        double saved = recorded.stepNs() * (p / 2.0) / (plan.microBatches() + p - 1.0);
        long mostNs = Math.round(saved / slots / (job.isForwardOnly() ? 1 : 3));
        long statedUs = mostNs / 2000;
        if (statedUs > 0) {
            suggestions.add(new Suggestion(
                    "stages=" + p / 2 + "@tp:" + statedUs + "us",
                    "half as many stages, each with twice the tensor parallelism",
                    "the fill and drain of " + p + " stages grow with their number",
                    String.format(
                            Locale.ROOT,
                            "bubble (p - 1) / (m + p - 1); pays while collectives add less than about %d us to a forward of a"
                                    + " stage (replayed with %d us)",
                            mostNs / 1000,
                            statedUs),
                    "collectives in every layer: only within NVLink's reach",
                    true));
        }
    }
}
