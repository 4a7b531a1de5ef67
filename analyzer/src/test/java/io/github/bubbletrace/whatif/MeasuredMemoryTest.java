package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.SimulatedIteration;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory from the allocations of a trace: planted parameters and activations come out to the byte. */
class MeasuredMemoryTest {

    private static final int STAGES = 4;
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    /** Memory allocated, or released where it is negative. */
    private record Row(int stage, long atNs, long bytes) {}

    @Test
    void parametersAndActivationsComeOut() throws Exception {
        WhatIfAnalysis whatIf = whatIf(true, "microbatches=16", "schedule=gpipe", "stages=2");
        for (int stage = 0; stage < STAGES; stage++) {
            DeviceMemory device = whatIf.memory().get(stage);
            assertThat(device.device()).startsWith("rank" + stage + ":");
            assertThat(device.peakBytes()).isEqualTo(base(stage) + (STAGES - stage) * activation(stage));
            assertThat(device.baseBytes()).isEqualTo(base(stage));
            assertThat(device.activationBytes()).isEqualTo(activation(stage));
        }
        long fullest = LongStream.range(0, STAGES)
                .map(s -> base((int) s) + (STAGES - s) * activation((int) s))
                .max()
                .orElseThrow();
        assertThat(whatIf.peakBytes()).isEqualTo(fullest);
        assertThat(whatIf.fits()).isTrue();
        assertThat(whatIf.changes().get(0).peakBytes()).as("1f1b, m = 16").isEqualTo(fullest);
        assertThat(whatIf.changes().get(1).peakBytes()).as("gpipe, m = 8").isEqualTo(base(3) + 8 * activation(3));
        assertThat(whatIf.changes().get(1).fits()).isFalse();
        long meanBase = (base(0) + base(1) + base(2) + base(3)) / 4;
        long meanActivation = (activation(0) + activation(1) + activation(2) + activation(3)) / 4;
        assertThat(whatIf.changes().get(2).peakBytes())
                .as("two stages")
                .isEqualTo(2 * meanBase + 2 * 2 * meanActivation);
    }

    /** An allocator that keeps what it has shows the most, and not what a micro-batch takes. */
    @Test
    void nothingIsGuessedWhereMemoryDoesNotFall() throws Exception {
        WhatIfAnalysis whatIf = whatIf(false, "balanced");
        assertThat(whatIf.memory()).hasSize(STAGES).allSatisfy(device -> {
            assertThat(device.baseBytes()).isNull();
            assertThat(device.activationBytes()).isNull();
        });
        assertThat(whatIf.memory().get(0).peakBytes()).isEqualTo(base(0) + 8 * activation(0));
        assertThat(whatIf.peakBytes()).isNull();
        assertThat(whatIf.fits()).isNull();
    }

    private static long base(int stage) {
        return (1000 + 100L * stage) * MIB;
    }

    private static long activation(int stage) {
        return (10 + 2L * stage) * MIB;
    }

    private WhatIfAnalysis whatIf(boolean releases, String... changes) throws Exception {
        Simulation run = Simulation.run(SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, 8), TaskTimes.of(1_000_000, 2_000_000))
                .transfer(50_000)
                .iterations(3)
                .build());
        Path trace = folder.resolve("run.sqlite");
        NsysWriter.write(run, trace);
        write(rows(run, releases), trace);
        ModelFacts limit = new ModelFacts(0, 0, 0, 0, 1400 * MIB);
        return Analyzer.whatIf(List.of(trace), AnalysisOptions.defaults().withModel(limit), List.of(changes));
    }

    /** Without releases what the first step allocated is used again, as a caching allocator does. */
    private static List<Row> rows(Simulation run, boolean releases) {
        List<Row> rows = new ArrayList<>();
        for (int stage = 0; stage < STAGES; stage++) {
            rows.add(new Row(stage, -1_000, base(stage)));
        }
        for (SimulatedIteration iteration : run.iterations()) {
            for (int task = 0; task < run.graph().graph().tasks(); task++) {
                int stage = run.graph().action(task).chunk();
                boolean isForward = run.graph().action(task).phase() == Phase.F;
                if (isForward && (releases || iteration.index() == 0)) {
                    rows.add(new Row(stage, iteration.taskStartNs(task), activation(stage)));
                } else if (!isForward && releases) {
                    rows.add(new Row(stage, iteration.taskEndNs(task), -activation(stage)));
                }
            }
        }
        rows.sort(Comparator.comparingLong(Row::atNs).thenComparingLong(Row::bytes));
        return rows;
    }

    private static void write(List<Row> rows, Path trace) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            List<Long> processes = new ArrayList<>();
            List<Integer> gpus = new ArrayList<>();
            long zeroNs = 0;
            try (ResultSet found = statement.executeQuery(
                    "select globalPid, min(start), min(deviceId) from CUPTI_ACTIVITY_KIND_KERNEL group by 1 order by 2")) {
                while (found.next()) {
                    zeroNs = processes.isEmpty() ? found.getLong(2) : zeroNs;
                    processes.add(found.getLong(1));
                    gpus.add(found.getInt(3));
                }
            }
            statement.execute(
                    "create table CUDA_GPU_MEMORY_USAGE_EVENTS (start integer, globalPid integer, deviceId integer,"
                            + " bytes integer, memKind integer, memoryOperationType integer)");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into CUDA_GPU_MEMORY_USAGE_EVENTS values (?, ?, ?, ?, 2, ?)")) {
                for (Row row : rows) {
                    insert.setLong(1, zeroNs + row.atNs);
                    insert.setLong(2, processes.get(row.stage));
                    insert.setInt(3, gpus.get(row.stage));
                    insert.setLong(4, Math.abs(row.bytes));
                    insert.setInt(5, row.bytes > 0 ? 0 : 1);
                    insert.executeUpdate();
                }
                // Pinned memory of the host is none of the device's.
                statement.execute(
                        "insert into CUDA_GPU_MEMORY_USAGE_EVENTS values (1, " + processes.get(0) + ", 0, 1, 1, 0)");
            }
            connection.commit();
        }
    }
}
