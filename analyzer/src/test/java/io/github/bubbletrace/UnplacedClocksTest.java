package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.schedule.ScheduleKind;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that do not say when their sessions started: only what was transferred says how their clocks stand. */
class UnplacedClocksTest {

    private static final long SECONDS_NS = 1_000_000_000L;

    @TempDir
    private Path folder;

    private static SimulationBuilder run(ScheduleKind kind, int stages, int microBatches, long seed) {
        return SimulationSpec.builder(kind, new Shape(stages, 1, microBatches), TaskTimes.of(1_000_000, 2_000_000))
                .jitter(0.1)
                .transfer(50_000)
                .iterations(3)
                .ranksPerFile(1)
                .seed(seed);
    }

    /** Clocks of the files seconds apart, and drifting. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void transfersAloneAlignFiles(int seed) throws Exception {
        Random random = Seeds.random(seed);
        ScheduleKind kind = seed % 2 == 0 ? ScheduleKind.ONE_F_ONE_B : ScheduleKind.GPIPE;
        int stages = 2 + random.nextInt(6);
        SimulationBuilder run = run(kind, stages, 4 + random.nextInt(5), seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "true", 0).pipelines().get(0);
        int forgotten = seed % 3 == 0 ? 1 : stages;
        for (int rank = stages - forgotten; rank < stages; rank++) {
            run.clockSkew(
                    rank, random.nextInt(20) * SECONDS_NS + random.nextInt(1_000_000_000), random.nextInt(40) - 20.0);
        }
        for (Labels labels : List.of(Labels.OWN, Labels.NONE)) {
            Analysis free = analyse(run.labels(labels), "free" + labels, forgotten);
            assertThat(free.warnings()).extracting(Warning::code).contains("clocks-by-transfers");
            assertThat(free.pipelines()).as("%s %s", labels, free.warnings()).hasSize(1);
            requireSame(free.pipelines().get(0), expected);
            assertThat(free.inputs())
                    .allSatisfy(input -> assertThat(input.clockErrorNs()).isBetween(1L, 10_000L));
        }
    }

    /** Lanes share no transfers; what they reduce together says how their clocks stand. */
    @ParameterizedTest(name = "{0} of the files do not say when their sessions started")
    @ValueSource(ints = {0, 3, 6})
    void collectivesJoinLanes(int forgotten) throws Exception {
        SimulationBuilder run = run(ScheduleKind.ONE_F_ONE_B, 3, 6, 5)
                .layout(new Layout(2, 3, 1, Layout.DEFAULT_ORDER))
                .nccl(NcclDetail.PAYLOAD);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "true", 0).pipelines().get(0);
        for (int rank = 0; rank < 6; rank++) {
            boolean placed = rank < 6 - forgotten;
            run.clockSkew(rank, rank % 2 * 3_000_000L + (placed ? 0 : rank * SECONDS_NS));
        }
        Analysis free = analyse(run.labels(Labels.NONE), "free", forgotten);
        assertThat(free.pipelines()).as("%s", free.warnings()).hasSize(1);
        assertThat(free.pipelines().get(0).tensorParallel()).isEqualTo(2);
        requireSame(free.pipelines().get(0), expected);
    }

    /** Replicas alike in every nanosecond: whoever is taken for whose, nothing else comes out. */
    @ParameterizedTest
    @EnumSource(names = {"OWN", "NONE"})
    void replicasAreFoundOrRefused(Labels labels) throws Exception {
        SimulationBuilder run =
                run(ScheduleKind.ONE_F_ONE_B, 3, 6, 5).layout(new Layout(1, 3, 2, Layout.DEFAULT_ORDER));
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "true", 0).pipelines().get(0);
        try {
            Analysis free = analyse(run.labels(labels).clockSkew(4, 7 * SECONDS_NS), "free", 6);
            assertThat(free.pipelines()).as("%s", free.warnings()).hasSize(2);
            requireSame(free.pipelines().get(0), expected);
        } catch (UnusableInputException e) {
            assertThat(e).hasMessageContaining("no session start time");
        }
    }

    /** Stages in perfect step fit as well some steps apart: what cannot be known is refused. */
    @ParameterizedTest
    @EnumSource(names = {"OWN", "NONE"})
    void perfectStepLeavesADoubt(Labels labels) throws Exception {
        SimulationBuilder run = run(ScheduleKind.FORWARD, 3, 64, 1)
                .jitter(0)
                .boundary(0)
                .clockSkew(1, 3 * SECONDS_NS)
                .labels(labels);
        if (labels == Labels.OWN) {
            requireSame(
                    analyse(run, "free", 3).pipelines().get(0),
                    analyse(run(ScheduleKind.FORWARD, 3, 64, 1).jitter(0).boundary(0), "true", 0)
                            .pipelines()
                            .get(0));
        } else {
            assertThatThrownBy(() -> analyse(run, "free", 3))
                    .isInstanceOf(UnusableInputException.class)
                    .hasMessageContaining("no session start time, and no transfers that only one alignment fits");
        }
    }

    /** A file of another run has no transfer in common with the others. */
    @Test
    void anotherRunIsRefused() throws Exception {
        Path target = folder.resolve("mixed");
        List<Path> files = NsysWriter.write(
                Simulation.run(run(ScheduleKind.ONE_F_ONE_B, 3, 8, 1).build()), target);
        List<Path> others = NsysWriter.write(
                Simulation.run(run(ScheduleKind.ONE_F_ONE_B, 3, 8, 2).build()), folder.resolve("others"));
        forget(others.get(2));
        assertThatThrownBy(() -> Analyzer.analyze(
                        List.of(files.get(0), files.get(1), others.get(2)), AnalysisOptions.defaults()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("no session start time");
    }

    private static void requireSame(PipelineAnalysis actual, PipelineAnalysis expected) {
        double deviceTime = (double) expected.totals().windowNs() * expected.stages();
        assertThat(actual.schedule().kind()).isEqualTo(expected.schedule().kind());
        for (Cause cause : Cause.values()) {
            assertThat(actual.totals().idleNs().get(cause) / deviceTime)
                    .as("%s: %s", expected.schedule().kind(), cause)
                    .isCloseTo(expected.totals().idleNs().get(cause) / deviceTime, within(0.01));
        }
    }

    /** @param forgotten how many of the files, the last ones, do not say when their sessions started */
    private Analysis analyse(SimulationBuilder run, String name, int forgotten) throws IOException, SQLException {
        Path target = folder.resolve(name);
        List<Path> files = NsysWriter.write(Simulation.run(run.build()), target);
        for (Path file : files.subList(files.size() - forgotten, files.size())) {
            forget(file);
        }
        return Analyzer.analyze(List.of(target), AnalysisOptions.defaults());
    }

    private static void forget(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE TARGET_INFO_SESSION_START_TIME");
        }
    }
}
