package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.attribution.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Fixes one stage at a time and looks at how long every stage waits. Fixed: none of its tasks takes longer than its phase's
 * mean over all stages, and its host is prompt.
 */
final class Blame {

    private final Job job;
    private final int stages;
    private final List<StageWaits> steps = new ArrayList<>();
    private final double[] perStage;

    private Blame(Job job) {
        this.job = job;
        stages = job.stages();
        perStage = new double[stages];
        Ideal ideal = new Ideal(job.replicas());
        for (Replica replica : job.replicas()) {
            for (int device = 0; device < replica.run().devices().size(); device++) {
                perStage[replica.stageOf(device)] += replica.steps().size();
            }
            for (Step step : replica.steps()) {
                steps.add(new StageWaits(replica, step, fixed(step, ideal.ownNs(step)), stages));
            }
        }
        StageWaits.play(steps, stages);
    }

    static BlameMatrix of(Job job) {
        return new Blame(job).matrix();
    }

    private BlameMatrix matrix() {
        return new BlameMatrix(
                ofStages(i -> perDevice(i, step -> step.waitsNs(i))),
                IntStream.range(0, stages)
                        .mapToObj(i -> ofStages(j -> perDevice(i, step -> step.waitsNs(i) - step.waitsNs(i, j))))
                        .toList(),
                ofStages(j -> Math.round(sum(step -> step.lengthNs() - step.lengthNs(j)) / steps.size())),
                lateness());
    }

    private List<Long> ofStages(IntToLongFunction value) {
        return IntStream.range(0, stages).mapToLong(value).boxed().toList();
    }

    private long perDevice(int stage, ToLongFunction<StageWaits> value) {
        return Math.round(sum(value) / perStage[stage]);
    }

    private double sum(ToLongFunction<StageWaits> value) {
        return steps.stream().mapToLong(value).sum();
    }

    private static Step fixed(Step step, long[] own) {
        return PromptHost.prompt(step, device -> true, 0).withOwn(task -> Math.min(own[task], step.ownNs(task)));
    }

    private List<Long> lateness() {
        double[] sums = new double[stages];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int block = 0; block < step.graph().blocks(); block++) {
                    sums[replica.stageOf(step.graph().deviceOf(block))] += Math.max(0, step.delayNs(block));
                }
                for (int edge = 0; edge < step.graph().edges(); edge++) {
                    if (LinkAtMedian.crosses(step, edge)) {
                        sums[replica.stageOf(step.lateDevice(edge))] += Math.max(0, step.lateNs(edge));
                    }
                }
            }
        }
        return ofStages(stage -> Math.round(sums[stage] / perStage[stage]));
    }
}
