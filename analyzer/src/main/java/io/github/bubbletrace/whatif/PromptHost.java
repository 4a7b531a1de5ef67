package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import java.util.function.IntPredicate;

/** Late launches, launch gaps inside tasks and late sends and receives take a share of their time: on one stage or on all. */
final class PromptHost implements JobChange {

    private static final int ALL = -1;

    private final int stage;
    private final double share;

    private PromptHost(int stage, double share) {
        this.stage = stage;
        this.share = share;
    }

    static JobChange everywhere(double share) {
        return new PromptHost(ALL, share);
    }

    static JobChange on(int stage, double share) {
        return new PromptHost(stage, share);
    }

    @Override
    public String job() {
        return "launch in time" + (stage == ALL ? "" : " on stage " + stage)
                + ": CUDA graphs, no synchronisation or data loading between micro-batches, CPU affinity";
    }

    @Override
    public StepChange costs(Job job) {
        if (stage != ALL) {
            job.requireStage(stage);
        }
        return (replica, step) -> {
            IntPredicate prompt = device -> stage == ALL || replica.stageOf(device) == stage;
            return prompt(step, prompt, share);
        };
    }

    /** {@code step} with what the hosts of some devices cost times {@code share}. */
    static Step prompt(Step step, IntPredicate device, double share) {
        return step.withGaps(
                        task -> device.test(step.device(task)) ? scaled(step.gapNs(task), share) : step.gapNs(task))
                .withLate(edge ->
                        device.test(step.lateDevice(edge)) ? scaled(step.lateNs(edge), share) : step.lateNs(edge))
                .withDelays(block -> device.test(step.graph().deviceOf(block))
                        ? scaled(step.delayNs(block), share)
                        : step.delayNs(block));
    }

    /** Delays below zero are what the input rules do not know of; they stay. */
    private static long scaled(long ns, double share) {
        return ns <= 0 ? ns : Math.round(ns * share);
    }
}
