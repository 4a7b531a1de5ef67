package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.trace.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Fixes one stage at a time and looks at how long every stage waits. Fixed: none of its tasks takes longer than its phase's
 * mean over all stages, and its host is prompt.
 */
final class Blame {

    private final Job job;
    private final Ideal ideal;
    private final int stages;

    /** Waits of every stage and lengths of all steps, summed. */
    private record Waits(List<Double> ofStage, double steps) {}

    private Blame(Job job) {
        this.job = job;
        ideal = new Ideal(job.replicas());
        stages = job.stages();
    }

    static BlameMatrix of(Job job) {
        return new Blame(job).matrix();
    }

    private BlameMatrix matrix() {
        Waits recorded = waits(-1);
        Waits[] fixed = new Waits[stages];
        Cores.forEach(stages, stage -> fixed[stage] = waits(stage));
        double[] perStage = new double[stages];
        double steps = 0;
        for (Replica replica : job.replicas()) {
            steps += replica.steps().size();
            for (int device = 0; device < replica.run().devices().size(); device++) {
                perStage[replica.stageOf(device)] += replica.steps().size();
            }
        }
        double all = steps;
        List<List<Long>> saved = IntStream.range(0, stages)
                .mapToObj(i -> IntStream.range(0, stages)
                        .mapToObj(j -> Math.round((recorded.ofStage.get(i) - fixed[j].ofStage.get(i)) / perStage[i]))
                        .toList())
                .toList();
        return new BlameMatrix(
                IntStream.range(0, stages)
                        .mapToObj(i -> Math.round(recorded.ofStage.get(i) / perStage[i]))
                        .toList(),
                saved,
                Arrays.stream(fixed)
                        .map(f -> Math.round((recorded.steps - f.steps) / all))
                        .toList(),
                lateness(perStage));
    }

    /** The waits with one stage fixed; -1 for none. */
    private Waits waits(int fixed) {
        double[] ofStage = new double[stages];
        double lengths = 0;
        for (Replica replica : job.replicas()) {
            for (Step recorded : replica.steps()) {
                Step step = fixed < 0 ? recorded : fixed(replica, recorded, fixed);
                Replay replay = step.replay();
                lengths += Step.lengthNs(replay);
                addWaits(replica, step, replay, ofStage);
            }
        }
        return new Waits(Arrays.stream(ofStage).boxed().toList(), lengths);
    }

    private Step fixed(Replica replica, Step step, int stage) {
        IntPredicate isFixed = device -> replica.stageOf(device) == stage;
        long[] own = ideal.ownNs(step);
        return PromptHost.prompt(step, isFixed, 0)
                .withOwn(task ->
                        isFixed.test(step.device(task)) ? Math.min(own[task], step.ownNs(task)) : step.ownNs(task));
    }

    private static void addWaits(Replica replica, Step step, Replay replay, double[] ofStage) {
        for (int block = 0; block < step.graph().blocks(); block++) {
            int before = step.graph().previous(block);
            if (before >= 0) {
                ofStage[replica.stageOf(step.graph().deviceOf(block))] +=
                        Math.max(0, replay.blockStartNs(block) - replay.blockEndNs(before));
            }
        }
    }

    private List<Long> lateness(double[] perStage) {
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
        return LongStream.range(0, stages)
                .map(stage -> Math.round(sums[(int) stage] / perStage[(int) stage]))
                .boxed()
                .toList();
    }
}
