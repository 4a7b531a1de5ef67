package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
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
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every structure with all that real runs have beside it, on ranks in any order: the same tasks, kind and causes with labels
 * and without. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledStructuresTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.DECODE,
            ScheduleKind.NAIVE,
            ScheduleKind.ZB_V,
            ScheduleKind.GPIPE,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.DUALPIPE_V,
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.FORWARD,
            ScheduleKind.ZB_H1);

    /** Small seeds that follow each other begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 2 * KINDS.size()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void labelsChangeNothing(int seed) throws IOException, SQLException {
        Random random = new Random(seed * SPREAD);
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        boolean blocks = !StrippedRun.isFolded(kind) && kind != ScheduleKind.INTERLEAVED;
        Receive receive = Receive.values()[random.nextInt(blocks ? 3 : 2)];
        requireSame(StrippedRun.draw(kind, receive, random), kind);
    }

    /** Without jitter all devices of a ring act at once; only filling and draining show who sends to whom. */
    @ParameterizedTest(name = "{0} stages, {1} in flight, transfers of {2} ns, {3}")
    @CsvSource({
        "3, 3, 40000, SERIAL",
        "4, 4, 80000, SERIAL",
        "5, 5, 40000, BLOCKING",
        "10, 11, 40000, BLOCKING",
        "13, 11, 80000, SERIAL",
        "12, 8, 0, BLOCKING",
    })
    void ringsInStepAreDecode(int stages, int inFlight, long transferNs, Receive receive)
            throws IOException, SQLException {
        Shape shape = new Shape(stages, 1, 40).with(new Serving(inFlight, 0));
        SimulationBuilder run = SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 2_000_000))
                .transfer(transferNs)
                .receive(receive)
                .kernels(2)
                .seed(stages);
        requireSame(new StrippedRun(run, false, false), ScheduleKind.DECODE);
    }

    /** Of few tokens more than are in flight the ring's last link brings few back. */
    @ParameterizedTest(name = "{0} stages, {1} of {2} in flight, {3}")
    @CsvSource({"15, 15, 24, SERIAL", "8, 7, 10, PREPOSTED", "5, 6, 9, BLOCKING"})
    void fewTokensFedBackAreDecode(int stages, int inFlight, int tokens, Receive receive)
            throws IOException, SQLException {
        Shape shape = new Shape(stages, 1, tokens).with(new Serving(inFlight, 0));
        SimulationBuilder run = SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(0.1)
                .kernels(2)
                .seed(stages);
        requireSame(new StrippedRun(run, false, false), ScheduleKind.DECODE);
    }

    /** What goes round a ring for ever may be tokens or keys and values: only a stage that begins by itself tells. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ringsThatBeginBeforeTheTraceAreNoPipeline(int seed) throws IOException, SQLException {
        int stages = 2 + seed;
        Path trace = folder.resolve("cut.sqlite");
        Shape shape = new Shape(stages, 1, 60).with(new Serving(seed % 2 == 0 ? stages : stages - 1, 0));
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .transfer(40_000)
                        .labels(Labels.NONE)
                        .seed(seed)
                        .build()),
                trace);
        TraceEdits.cutBeginning(trace, 0.4);
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    /** Programmes of forwards and backwards must differ where both go the same way. */
    @ParameterizedTest(name = "{0} on {1} stages")
    @CsvSource({"zb-v, 2", "zb-v, 3", "zb-v, 6", "dualpipe-v, 2", "dualpipe-v, 3", "dualpipe-v, 5"})
    void aVOfKernelsOfOneNameIsRefused(String key, int stages) throws IOException, SQLException {
        ScheduleKind kind = ScheduleKind.of(key).orElseThrow();
        Path trace = folder.resolve("one.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                kind, new Shape(stages, 2, 2 * stages + 2), TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .kernels(3)
                        .labels(Labels.NONE)
                        .build()),
                trace);
        KernelNames.makeOne(trace);
        assertThat(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()).pipelines())
                .isEmpty();
    }

    /** Its tasks show, which those of a chain of single chunks do not. */
    @ParameterizedTest(name = "{0} on {1} stages")
    @CsvSource({"zb-v, 2", "zb-v, 4", "dualpipe-v, 4", "dualpipe-v, 6"})
    void aVThatTheTraceCutsOffSaysWhyItIsRefused(String key, int stages) throws IOException, SQLException {
        ScheduleKind kind = ScheduleKind.of(key).orElseThrow();
        Path trace = folder.resolve("cut.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                kind, new Shape(stages, 2, 2 * stages + 2), TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .kernels(3)
                        .labels(Labels.NONE)
                        .build()),
                trace);
        TraceEdits.cutEnd(trace, 0.3);
        assertThat(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()).warnings())
                .filteredOn(warning -> warning.code().equals("no-structure"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text())
                        .endsWith(
                                ": as a V of two chunks a device, chunks do not all run as many tasks of each phase"));
    }

    private void requireSame(StrippedRun run, ScheduleKind kind) throws IOException, SQLException {
        Analysis actual = run.bare(NcclDetail.CALLS, folder);
        assertThat(AnalysisDifference.of(actual, run.labelled(folder)))
                .as("%s, warnings %s", kind, actual.warnings())
                .isEmpty();
        assertThat(actual.pipelines().get(0).structure())
                .allSatisfy(step -> assertThat(step.confidence()).isBetween(0.5, 1.0));
    }
}
