package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.RunBeside.Beside;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.OtherTraffic;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ranks of one stage send each other beside a pipeline (context parallelism, experts, data parallelism), and weights
 * that the first and the last stage hold: no hop of it. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledBesideTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.DECODE);

    private static final List<ScheduleKind> TIED =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.ZB_H1);

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namedGroupsLeaveThePipeline(int seed) throws IOException, SQLException {
        RunBeside run = run(seed);
        requireSame(run.bare(NcclDetail.PAYLOAD, folder), run.labelled(folder));
    }

    /** Where nothing names groups their streams tell. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void streamsOfTheirOwnLeaveThePipeline(int seed) throws IOException, SQLException {
        RunBeside run = run(seed);
        requireSame(run.bare(NcclDetail.CALLS, folder), run.labelled(folder));
    }

    /** On a stream that carries hops as well there is the same pipeline or none. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sharedStreamsLeaveThePipelineOrNone(int seed) throws IOException, SQLException {
        RunBeside run = run(seed);
        Path trace = run.write(NcclDetail.CALLS, folder);
        TraceEdits.shareStream(trace, random(seed).nextBoolean());
        requireSameOrNone(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()), run.labelled(folder));
    }

    /** Nor is it another where kernels do not even say whether they send. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void silentKernelsLeaveThePipelineOrNone(int seed) throws IOException, SQLException {
        RunBeside run = run(seed);
        requireSameOrNone(run.bare(NcclDetail.NONE, folder), run.labelled(folder));
    }

    /** Rings of stages that send nothing to each other are no decode loop, whatever named and whoever comes first. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ringsAloneAreNoPipeline(int seed) throws IOException, SQLException {
        Random random = random(seed);
        NcclDetail nccl =
                List.of(NcclDetail.PAYLOAD, NcclDetail.CALLS, NcclDetail.NONE).get(seed / 2 % 3);
        int ranks = 2 + random.nextInt(7);
        boolean fused = random.nextBoolean();
        boolean lanes = random.nextBoolean();
        SimulationSpec spec = SimulationSpec.builder(
                        random.nextBoolean() ? ScheduleKind.FORWARD : ScheduleKind.GPIPE,
                        new Shape(2, 1, 4 + random.nextInt(9)),
                        TaskTimes.of(1_000_000, 2_000_000))
                .jitter(seed % 2 * 0.1)
                .transfer(40_000)
                .kernels(1 + random.nextInt(4))
                .layout(new Layout(lanes ? ranks : 1, 2, lanes ? 1 : ranks, Layout.DEFAULT_ORDER))
                .labels(Labels.NONE)
                .nccl(nccl)
                .seed(seed)
                .build();
        Path trace = folder.resolve("ring.sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        try (OtherTraffic other = new OtherTraffic(trace, spec, fused)) {
            other.addRings();
            other.removeHops();
        }
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .filteredOn(warning -> warning.code().equals("no-structure"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).doesNotContain("both ends"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void weightsThatBothEndsHoldAreLeftOut(int seed) throws IOException, SQLException {
        Random random = random(seed);
        RunBeside run = RunBeside.draw(TIED.get(seed % TIED.size()), Beside.TIED_WEIGHTS, random);
        requireSame(
                run.bare(random.nextBoolean() ? NcclDetail.PAYLOAD : NcclDetail.CALLS, folder), run.labelled(folder));
    }

    /** Small seeds that follow each other begin alike. */
    private static Random random(int seed) {
        return new Random(seed * SPREAD);
    }

    private static RunBeside run(int seed) {
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        List<Beside> all = Arrays.stream(Beside.values())
                .filter(beside -> beside != Beside.TIED_WEIGHTS && beside.isOf(kind))
                .toList();
        return RunBeside.draw(kind, all.get(seed / KINDS.size() % all.size()), random(seed));
    }

    private static void requireSameOrNone(Analysis actual, Analysis expected) {
        if (actual.pipelines().isEmpty()) {
            assertThat(actual.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            requireSame(actual, expected);
        }
    }

    private static void requireSame(Analysis actual, Analysis expected) {
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
    }
}
