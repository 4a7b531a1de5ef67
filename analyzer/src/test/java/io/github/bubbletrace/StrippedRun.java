package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A simulated run with all that real runs have beside a pipeline, on ranks in any order, to be analysed with its labels and
 * without: 2 to 16 stages, jitter of 10 %, several kernels a task, in one file or one a rank, and perhaps host delays, a slow
 * stage, collectives inside tasks and optimizers between iterations.
 *
 * @param run labels and what NCCL says are set when it is written
 * @param collectives whether one runs inside every task
 * @param optimizers whether one runs after every iteration
 */
public record StrippedRun(SimulationBuilder run, boolean collectives, boolean optimizers) {

    private static final int MOST_STAGES = 16;

    /** A V holds two chunks a device. */
    private static final int MOST_FOLDED = 8;

    /**
     * Draws a run of a kind. Naive micro-batches are iterations of their own in the labels, unless optimizers run between
     * several iterations.
     *
     * @throws IllegalArgumentException for a folded schedule whose receives block: it can never finish
     */
    public static StrippedRun draw(ScheduleKind kind, Receive receive, Random random) {
        if (receive == Receive.BLOCKING && isFolded(kind)) {
            throw new IllegalArgumentException(kind + " cannot finish where receives block");
        }
        boolean optimizers = random.nextBoolean() && kind != ScheduleKind.DECODE && kind != ScheduleKind.FORWARD;
        boolean collectives = random.nextBoolean();
        int stages = 2 + random.nextInt((isFolded(kind) ? MOST_FOLDED : MOST_STAGES) - 1);
        int some = 2 + random.nextInt(15);
        Shape shape = switch (kind) {
            case INTERLEAVED -> {
                int rounds = receive == Receive.BLOCKING ? 1 : 1 + random.nextInt(2);
                yield new Shape(stages, 2 + random.nextInt(3), stages * rounds);
            }
            case DECODE ->
                new Shape(stages, 1, 20 + 2 * some)
                        .with(new Serving(Math.max(1, stages / 2 + random.nextInt(stages / 2 + 2)), 0));
            case ZB_V, DUALPIPE_V -> new Shape(stages, 2, 2 * stages + random.nextInt(8));
            default -> new Shape(stages, 1, some);
        };
        int fewest = kind == ScheduleKind.NAIVE && optimizers ? 2 : 1;
        boolean single = kind == ScheduleKind.DECODE || (kind == ScheduleKind.NAIVE && !optimizers);
        SimulationBuilder run = SimulationSpec.builder(kind, shape, times(kind, random))
                .receive(receive)
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(2 + random.nextInt(5))
                .iterations(single ? 1 : fewest + random.nextInt(4 - fewest))
                .boundary(200_000_000)
                .ranksPerFile(random.nextInt(2))
                .seed(random.nextLong());
        if (kind == ScheduleKind.NAIVE && !optimizers) {
            run.marked(1);
        }
        if (random.nextBoolean()) {
            run.imbalance(random.nextInt(shape.chunks()), 1.4);
        }
        return new StrippedRun(run, collectives, optimizers);
    }

    /** Weight gradients take half as long as a forward up to twice as long, where a schedule has them. */
    private static TaskTimes times(ScheduleKind kind, Random random) {
        return switch (kind) {
            case ZB_H1, ZB_V, DUALPIPE_V ->
                new TaskTimes(1_000_000, 1_000_000, OptionalLong.of(500_000 + random.nextInt(1_500_000)));
            default -> TaskTimes.of(1_000_000, 2_000_000);
        };
    }

    /** Whether chunks follow each other down the devices and up again. */
    static boolean isFolded(ScheduleKind kind) {
        return kind == ScheduleKind.ZB_V || kind == ScheduleKind.DUALPIPE_V;
    }

    /** Analyses it with its labels. */
    public Analysis labelled(Path folder) throws IOException, SQLException {
        return analyse(run.labels(Labels.OWN).nccl(NcclDetail.CALLS), folder.resolve("own"));
    }

    /** Analyses it without labels; {@code nccl} is what kernels say of themselves. */
    public Analysis bare(NcclDetail nccl, Path folder) throws IOException, SQLException {
        return analyse(run.labels(Labels.NONE).nccl(nccl), folder.resolve("bare-" + nccl.key()));
    }

    private Analysis analyse(SimulationBuilder labels, Path into) throws IOException, SQLException {
        SimulationSpec spec = labels.build();
        Path trace = Files.createDirectory(into);
        Path target = spec.ranksPerFile() > 0 ? trace : trace.resolve("run.sqlite");
        for (Path file : NsysWriter.write(Simulation.run(spec), target)) {
            TraceEdits.permuteRanks(file, spec.shape().devices(), spec.seed());
            if (collectives) {
                TraceEdits.addCollectives(file);
            }
            if (optimizers) {
                TraceEdits.addOptimizers(file);
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
