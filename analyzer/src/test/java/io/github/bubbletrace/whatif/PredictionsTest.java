package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Recomputation;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Link;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Predictions against truth: a run with a change is predicted from the run without it, and simulated. Without noise the
 * step must come out within 1 %, with 10 % jitter within 3 %.
 */
class PredictionsTest {

    private static final TaskTimes TIMES = new TaskTimes(1_200_000, 1_200_000, OptionalLong.of(1_200_000));
    private static final ScheduleKind BASE = ScheduleKind.ONE_F_ONE_B;
    private static final long LINK = 100_000;

    @TempDir
    private Path folder;

    private record Truth(String change, SimulationBuilder before, SimulationBuilder after) {}

    static Stream<Arguments> truths() {
        List<Arguments> cases = new ArrayList<>();
        all().forEach(truth -> {
            cases.add(Arguments.of(truth.change, 0.0, truth));
            cases.add(Arguments.of(truth.change, 0.1, truth));
        });
        return cases.stream();
    }

    private static List<Truth> all() {
        List<Truth> truths = new ArrayList<>();
        for (int m : new int[] {8, 12, 16, 32, 64}) {
            truths.add(new Truth("microbatches=" + m, run(BASE, 4, 1, 16), run(BASE, 4, 1, m)));
        }
        truths.add(new Truth(
                "microbatches=16", run(ScheduleKind.INTERLEAVED, 4, 2, 8), run(ScheduleKind.INTERLEAVED, 4, 2, 16)));
        truths.add(new Truth("microbatches=16@batch", run(BASE, 4, 1, 8).host(20_000), smaller(0.5, 16)));
        truths.add(new Truth("microbatches=4@batch", run(BASE, 4, 1, 8).host(20_000), smaller(2, 4)));
        for (ScheduleKind from :
                new ScheduleKind[] {ScheduleKind.GPIPE, BASE, ScheduleKind.ZB_H1, ScheduleKind.DUALPIPE}) {
            for (ScheduleKind to : ScheduleKind.values()) {
                if (!to.isForwardOnly()
                        && to != ScheduleKind.INTERLEAVED
                        && to != ScheduleKind.PIPEDREAM
                        && to != from) {
                    truths.add(new Truth(
                            "schedule=" + to.key(),
                            run(from, 4, from.usualChunks(), 16),
                            run(to, 4, to.usualChunks(), 16)));
                }
            }
        }
        truths.add(new Truth("schedule=interleaved:2", run(BASE, 4, 1, 16), run(ScheduleKind.INTERLEAVED, 4, 2, 16)));
        truths.add(new Truth("schedule=1f1b", run(ScheduleKind.INTERLEAVED, 4, 4, 16), run(BASE, 4, 1, 16)));
        truths.add(new Truth(
                "stage:2=mean",
                run(BASE, 4, 1, 16).imbalance(2, 1.4),
                run(BASE, 4, 1, 16).imbalance(2, 1.1)));
        truths.add(new Truth(
                "balanced",
                run(BASE, 4, 1, 16).imbalance(2, 1.2).imbalance(1, 0.6),
                run(BASE, 4, 1, 16)
                        .imbalance(0, 0.95)
                        .imbalance(1, 0.95)
                        .imbalance(2, 0.95)
                        .imbalance(3, 0.95)));
        truths.add(new Truth("device:rank2=median", run(BASE, 4, 1, 16).imbalance(2, 1.4), run(BASE, 4, 1, 16)));
        truths.add(new Truth(
                "link:1-2=median", run(BASE, 4, 1, 16).transfer(Link.between(1, 2), 1_000_000), run(BASE, 4, 1, 16)));
        for (Receive receive : Receive.values()) {
            SimulationBuilder before = run(BASE, 4, 1, 16).transfer(400_000).receive(receive);
            truths.add(new Truth(
                    "transfers=0", before, run(BASE, 4, 1, 16).transfer(0).receive(receive)));
            truths.add(new Truth(
                    "transfers=0.5",
                    before,
                    run(BASE, 4, 1, 16).transfer(200_000).receive(receive)));
            truths.add(new Truth(
                    "transfers=overlapped", before, run(BASE, 4, 1, 16).transfer(400_000)));
            truths.add(new Truth(
                    "microbatches=32",
                    before,
                    run(BASE, 4, 1, 32).transfer(400_000).receive(receive)));
        }
        truths.add(new Truth("host=0", run(BASE, 4, 1, 16).host(200_000), run(BASE, 4, 1, 16)));
        truths.add(new Truth(
                "host:1=0",
                run(BASE, 4, 1, 16).host(50_000).host(1, 400_000),
                run(BASE, 4, 1, 16).host(50_000).host(1, 0)));
        truths.add(new Truth("stages=8", run(BASE, 4, 1, 16), run(BASE, 8, 1, 16, half())));
        truths.add(new Truth("stages=4", run(BASE, 8, 1, 16, half()), run(BASE, 4, 1, 16)));
        truths.add(new Truth(
                "stages=2@tp:100us", run(BASE, 4, 1, 16), run(BASE, 2, 1, 16, TaskTimes.of(1_300_000, 2_600_000))));
        truths.add(new Truth(
                "recompute=full",
                run(BASE, 4, 1, 16),
                recomputing(run(BASE, 4, 1, 16).build())));
        truths.add(new Truth("recompute=none", recomputing(run(BASE, 4, 1, 16).build()), run(BASE, 4, 1, 16)));
        for (int k : new int[] {1, 3, 4, 6}) {
            truths.add(new Truth("inflight=" + k, decode(2), decode(k)));
        }
        for (int k : new int[] {2, 4}) {
            truths.add(new Truth("speculate=4@0.7", decode(k), drafting(k, TIMES.forwardNs() * 4 / 5)));
            truths.add(new Truth("speculate=3@0.9:0.2", decode(k), drafting(k, TIMES.forwardNs() * 12 / 5)));
        }
        truths.add(new Truth("inflight=4", drafting(2, 700_000), drafting(4, 700_000)));
        truths.add(new Truth("schedule=1f1b+microbatches=32", run(ScheduleKind.GPIPE, 4, 1, 16), run(BASE, 4, 1, 32)));
        truths.add(new Truth(
                "host=0+transfers=0+stages=8",
                run(BASE, 4, 1, 16).host(100_000),
                run(BASE, 8, 1, 16, half()).transfer(0)));
        return truths;
    }

    @ParameterizedTest(name = "{0}, jitter {1}")
    @MethodSource("truths")
    void theStepOfAChangedRunIsPredicted(String change, double jitter, Object truth) {
        Truth both = (Truth) truth;
        int iterations = jitter == 0 ? 2 : 8;
        ChangeOutcome outcome = new SimulatedJob(folder)
                .predicted(both.before.jitter(jitter).iterations(iterations).seed(5), change);
        double stepNs =
                SimulatedJob.stepNs(both.after.jitter(jitter).iterations(24).seed(17));
        assertThat(outcome.stepNs().doubleValue())
                .as("step with %s", change)
                .isCloseTo(stepNs, withPercentage(jitter == 0 ? 1 : 3));
        assertThat(outcome.bubble()).isBetween(0.0, 1.0);
    }

    private static SimulationBuilder run(ScheduleKind kind, int p, int v, int m) {
        return run(kind, p, v, m, TIMES);
    }

    private static SimulationBuilder run(ScheduleKind kind, int p, int v, int m, TaskTimes times) {
        return SimulationSpec.builder(kind, new Shape(p, v, m), times).transfer(LINK);
    }

    private static TaskTimes half() {
        return new TaskTimes(600_000, 600_000, OptionalLong.of(600_000));
    }

    /** Micro-batches of another size in a run whose host delay is that of each launch. */
    private static SimulationBuilder smaller(double size, int m) {
        long ns = Math.round(1_200_000 * size);
        return run(BASE, 4, 1, m, new TaskTimes(ns, ns, OptionalLong.of(ns)))
                .transfer(Math.round(LINK * size))
                .host(20_000);
    }

    private static SimulationBuilder recomputing(SimulationSpec spec) {
        return SimulationSpec.builder(Recomputation.of(spec.schedule()), TIMES).transfer(LINK);
    }

    /** A loop of four stages whose last one drafts for {@code draftNs} after every pass. */
    private static SimulationBuilder drafting(int k, long draftNs) {
        Shape shape = new Shape(4, 1, 60).with(new Serving(k, 0).drafting(4, 0.7));
        TaskTimes times = TIMES.serving(OptionalLong.empty(), draftNs);
        return SimulationSpec.builder(ScheduleKind.DECODE, shape, times).transfer(LINK);
    }

    private static SimulationBuilder decode(int k) {
        Shape shape = new Shape(4, 1, 60).with(new Serving(k, 0));
        return SimulationSpec.builder(ScheduleKind.DECODE, shape, TIMES).transfer(LINK);
    }
}
