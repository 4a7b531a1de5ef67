package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interleaved runs without jitter, in which transfers of many pairs end at the same nanosecond: who sends to whom, and with it
 * every task, is found as with labels, in whichever order ranks stand.
 */
class UnlabelledRingsTest {

    @TempDir
    private Path folder;

    /** The link between the last stage and the first was missing in one direction, or, of three stages, in both. */
    static Stream<Arguments> rings() {
        return IntStream.rangeClosed(3, 8)
                .boxed()
                .flatMap(stages -> Stream.of(Receive.values())
                        .flatMap(receive -> Stream.of(2, 3)
                                .flatMap(chunks -> Stream.of(0L, 30_000L)
                                        .map(hostNs -> Arguments.of(stages, receive, chunks, hostNs)))));
    }

    @ParameterizedTest(name = "{0} stages, {1}, {2} chunks, host {3} ns")
    @MethodSource("rings")
    void ringsInPerfectStepAreFound(int stages, Receive receive, int chunks, long hostNs)
            throws IOException, SQLException {
        Random random = new Random(31L * stages + chunks + hostNs);
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.INTERLEAVED, new Shape(stages, chunks, stages), TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .transfer(40_000L * random.nextInt(3))
                .host(hostNs)
                .kernels(1 + random.nextInt(6))
                .iterations(1 + random.nextInt(3));
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, stages).boxed().toList());
        Analysis expected = analyse(run.labels(Labels.OWN), "own.sqlite", ranks);
        Collections.shuffle(ranks, random);
        Analysis actual = analyse(run.labels(Labels.NONE), "bare.sqlite", ranks);
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
    }

    /** Neither the order of transfers nor any name tells which tasks are forwards; what fills the ring does. */
    @ParameterizedTest(name = "{0} stages, {1}, {2} chunks")
    @CsvSource({
        "3, PREPOSTED, 2",
        "3, SERIAL, 3",
        "4, BLOCKING, 2",
        "4, SERIAL, 2",
        "5, PREPOSTED, 3",
        "5, BLOCKING, 2",
        "8, SERIAL, 2",
        "8, PREPOSTED, 2",
    })
    void ringsInPerfectStepOfKernelsOfOneNameAreFound(int stages, Receive receive, int chunks)
            throws IOException, SQLException {
        Random random = new Random(31L * stages + chunks);
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.INTERLEAVED, new Shape(stages, chunks, stages), TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .transfer(40_000L * random.nextInt(3))
                .host(30_000L * random.nextInt(2))
                .kernels(2 + random.nextInt(4))
                .iterations(1 + random.nextInt(3));
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, stages).boxed().toList());
        Analysis expected = analyse(run.labels(Labels.OWN), "own.sqlite", ranks);
        Collections.shuffle(ranks, random);
        Path bare = write(run.labels(Labels.NONE), "bare.sqlite", ranks);
        KernelNames.makeOne(bare);
        Analysis actual = Analyzer.analyze(List.of(bare), AnalysisOptions.defaults());
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
    }

    /** Sends of one device to both neighbours that end at once were joined the wrong way round. */
    @ParameterizedTest(name = "{0} on {1} stages, {2}")
    @MethodSource("folded")
    void shapesOfAVInPerfectStepAreFound(ScheduleKind kind, int stages, Receive receive)
            throws IOException, SQLException {
        Random random = new Random(Long.reverse(31L * stages + kind.ordinal()));
        SimulationBuilder run = SimulationSpec.builder(
                        kind,
                        new Shape(stages, 2, 2 * stages + random.nextInt(6)),
                        new TaskTimes(1_000_000, 1_200_000, OptionalLong.of(900_000)))
                .receive(receive)
                .transfer(40_000L * random.nextInt(3))
                .host(30_000L * random.nextInt(2))
                .kernels(2 + random.nextInt(4))
                .iterations(1 + random.nextInt(3));
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, stages).boxed().toList());
        Analysis expected = analyse(run.labels(Labels.OWN), "own.sqlite", ranks);
        Collections.shuffle(ranks, random);
        Analysis actual = analyse(run.labels(Labels.NONE), "bare.sqlite", ranks);
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
    }

    static Stream<Arguments> folded() {
        return Stream.of(ScheduleKind.ZB_V, ScheduleKind.DUALPIPE_V)
                .flatMap(kind -> IntStream.rangeClosed(3, 6)
                        .boxed()
                        .flatMap(stages -> Stream.of(Receive.PREPOSTED, Receive.SERIAL)
                                .map(receive -> Arguments.of(kind, stages, receive))));
    }

    private Analysis analyse(SimulationBuilder run, String name, List<Integer> ranks) throws IOException, SQLException {
        return Analyzer.analyze(List.of(write(run, name, ranks)), AnalysisOptions.defaults());
    }

    /** @param ranks what each stage calls itself */
    private Path write(SimulationBuilder run, String name, List<Integer> ranks) throws IOException, SQLException {
        Path trace = folder.resolve(name);
        NsysWriter.write(Simulation.run(run.build()), trace);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
                Statement statement = connection.createStatement()) {
            for (int stage = 0; stage < ranks.size(); stage++) {
                statement.executeUpdate("UPDATE NVTX_EVENTS SET text = 'MPI rank " + ranks.get(stage)
                        + "' WHERE text = 'MPI Rank " + stage + "'");
            }
        }
        return trace;
    }
}
