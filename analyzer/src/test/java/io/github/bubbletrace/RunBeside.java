package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.OtherTraffic;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * A simulated run in which ranks send each other more than a pipeline's hops, to be analysed with its labels alone and, with
 * all that, without them.
 *
 * @param run labels and what NCCL says are set when it is written
 * @param beside what is sent
 * @param fused whether one kernel sends and receives it
 */
public record RunBeside(SimulationBuilder run, Beside beside, boolean fused) {

    /** Longer than {@link OtherTraffic} takes for a pause within an iteration. */
    private static final long BOUNDARY_NS = 200_000_000;

    /** What is sent beside the pipeline. */
    public enum Beside {
        /** Keys and values round the ranks of a stage, in every task. */
        RINGS,
        /** Tokens between all ranks of a stage, in every task. */
        EXPERTS,
        /** Gradients round the replicas of a stage, after every iteration. */
        REPLICA_RINGS,
        /** The same by a collective. */
        REPLICA_SUMS,
        /** Gradients of weights that the first and the last stage hold, after every iteration. */
        TIED_WEIGHTS;

        private boolean inTasks() {
            return this == RINGS || this == EXPERTS;
        }

        /** Whether a run of a kind may have it: what follows an iteration needs one. */
        public boolean isOf(ScheduleKind kind) {
            return inTasks() || kind != ScheduleKind.DECODE;
        }
    }

    /** Draws a run of a kind: 2 to 8 stages, of 2 to 4 ranks each unless weights are tied. */
    public static RunBeside draw(ScheduleKind kind, Beside beside, Random random) {
        boolean fused = random.nextBoolean();
        boolean tied = beside == Beside.TIED_WEIGHTS;
        int stages = tied ? 3 + random.nextInt(6) : 2 + random.nextInt(7);
        int ranks = tied ? 1 : 2 + random.nextInt(3);
        Shape shape = kind == ScheduleKind.DECODE
                ? new Shape(stages, 1, 20).with(new Serving(Math.max(1, stages - random.nextInt(2)), 0))
                : new Shape(stages, 1, 2 + random.nextInt(9));
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .layout(new Layout(
                        beside.inTasks() ? ranks : 1, stages, beside.inTasks() ? 1 : ranks, Layout.DEFAULT_ORDER))
                .receive(Receive.values()[random.nextInt(Receive.values().length)])
                .jitter(random.nextInt(2) * 0.1)
                .transfer(40_000L * random.nextInt(3))
                .kernels(1 + random.nextInt(4))
                .iterations(kind == ScheduleKind.DECODE ? 1 : 1 + random.nextInt(3))
                .boundary(BOUNDARY_NS)
                .seed(random.nextLong());
        return new RunBeside(run, beside, fused);
    }

    /** Analyses it with its labels, without what is sent beside. */
    public Analysis labelled(Path folder) throws IOException {
        Path trace = Files.createDirectory(folder.resolve("own")).resolve("run.sqlite");
        NsysWriter.write(
                Simulation.run(run.labels(Labels.OWN).nccl(NcclDetail.CALLS).build()), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    /** Analyses it without labels; {@code nccl} is what kernels say of themselves. */
    public Analysis bare(NcclDetail nccl, Path folder) throws IOException, SQLException {
        return Analyzer.analyze(List.of(write(nccl, folder)), AnalysisOptions.defaults());
    }

    /** Writes it without labels. */
    Path write(NcclDetail nccl, Path folder) throws IOException, SQLException {
        SimulationSpec spec = run.labels(Labels.NONE).nccl(nccl).build();
        Path trace = Files.createDirectory(folder.resolve("bare-" + nccl.key())).resolve("run.sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        try (OtherTraffic other = new OtherTraffic(trace, spec, fused)) {
            switch (beside) {
                case RINGS -> other.addRings();
                case EXPERTS -> other.addExperts();
                case REPLICA_RINGS -> other.addReplicaRings();
                case REPLICA_SUMS -> other.addReplicaSums();
                case TIED_WEIGHTS -> other.addTiedWeights();
            }
        }
        return trace;
    }
}
