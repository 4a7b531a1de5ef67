package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.Link;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stages that send past their neighbours are in the order that their transfers leave. {@code -Dbubbletrace.unlabelled=300}
 * tries more seeds.
 */
class UnlabelledSkipsTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.FORWARD, ScheduleKind.ZB_H1);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 24));
    }

    /** Where NCCL names the other side of each transfer. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namedTransfersLeaveOneOrder(int seed) throws IOException, SQLException {
        SimulationBuilder run = run(seed).nccl(NcclDetail.PAYLOAD);
        requireSame(analyse(run.labels(Labels.NONE), "bare"), analyse(run.labels(Labels.OWN), "own"));
    }

    /** Where ends alone join transfers several may stay open: then there is no pipeline, but never a wrong one. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void transfersThatEndTogetherLeaveOneOrderOrNone(int seed) throws IOException, SQLException {
        SimulationBuilder run = run(seed);
        Analysis actual = analyse(run.labels(Labels.NONE), "bare");
        if (actual.pipelines().isEmpty()) {
            assertThat(actual.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            requireSame(actual, analyse(run.labels(Labels.OWN), "own"));
        }
    }

    /** A group of two sends is one kernel, and each of its calls names a rank. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void sendsOfOneKernelGoToTheRanksThatTheirCallsName(int seed) throws IOException, SQLException {
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        SimulationBuilder run = SimulationSpec.builder(kind, new Shape(4, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                .jitter(0.1)
                .transfer(40_000)
                .kernels(1 + seed % 3)
                .skip(seed < KINDS.size() ? Link.between(1, 3) : Link.between(0, 2))
                .nccl(NcclDetail.PAYLOAD)
                .seed(seed);
        Path trace = folder.resolve("grouped.sqlite");
        NsysWriter.write(Simulation.run(run.labels(Labels.NONE).build()), trace);
        TraceEdits.groupSends(trace);
        Analysis grouped = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        requireSame(grouped, analyse(run.labels(Labels.OWN), "own"));
    }

    /** What flows both ways when the trace begins says less of who comes first. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aTraceThatBeginsInTheMiddleIsNeverReadWrongly(int seed) throws IOException, SQLException {
        SimulationBuilder run = run(seed).iterations(2).ranksPerFile(0).labels(Labels.NONE);
        Path trace = folder.resolve("cut.sqlite");
        NsysWriter.write(Simulation.run(run.build()), trace);
        List<String> all = stages(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()));
        TraceEdits.cutBeginning(trace, 0.1 + seed % 5 * 0.1);
        List<String> cut = stages(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()));
        if (!cut.isEmpty() && !all.isEmpty()) {
            assertThat(cut).isEqualTo(all);
        }
    }

    /** The devices from the first stage to the last. */
    private static List<String> stages(Analysis analysis) {
        return analysis.pipelines().stream()
                .flatMap(pipeline -> pipeline.iterations().get(0).devices().stream())
                .map(device -> device.device() + " is stage " + device.stage())
                .toList();
    }

    private static void requireSame(Analysis actual, Analysis expected) {
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
    }

    private static SimulationBuilder run(int seed) {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        int stages = 3 + random.nextInt(6);
        SimulationBuilder run = SimulationSpec.builder(
                        kind, new Shape(stages, 1, 2 + random.nextInt(9)), TaskTimes.of(1_000_000, 2_000_000))
                .receive(Receive.values()[random.nextInt(Receive.values().length)])
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + random.nextInt(6))
                .iterations(1 + random.nextInt(3))
                .boundary(50_000_000)
                .ranksPerFile(random.nextInt(2))
                .seed(seed);
        for (int skip = random.nextInt(2); skip < 2; skip++) {
            int from = random.nextInt(stages - 2);
            run.skip(Link.between(from, from + 2 + random.nextInt(stages - from - 2)));
        }
        return run;
    }

    private Analysis analyse(SimulationBuilder run, String name) throws IOException, SQLException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
