package io.github.bubbletrace.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged exports end in an analysis with counted warnings or in one clear line, whatever the damage. */
class MutantsTest {

    /** How many mutants: a few for every build, thousands by night. */
    private static final int MUTANTS = Integer.getInteger("bubbletrace.mutants", 200);

    /** Far above what any mutant takes, which is a fraction of a second. */
    private static final Duration HANGS = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static List<Path> originals;

    @BeforeAll
    static void writeOriginals() throws IOException {
        TaskTimes times = TaskTimes.of(1_000_000, 2_000_000);
        Path whole = folder.resolve("1f1b.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(3, 1, 4), times)
                        .iterations(3)
                        .transfer(50_000)
                        .kernels(2)
                        .jitter(0.1)
                        .build()),
                whole);
        Path forward = folder.resolve("forward.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.FORWARD, new Shape(2, 1, 5), times)
                        .transfer(20_000)
                        .build()),
                forward);
        Path ranks = folder.resolve("ranks");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.INTERLEAVED, new Shape(2, 2, 4), times)
                        .iterations(2)
                        .transfer(20_000)
                        .ranksPerFile(1)
                        .build()),
                ranks);
        originals = List.of(whole, forward, ranks.resolve("rank1.sqlite"), whole);
    }

    @Test
    void everyMutantEndsInAnAnalysisOrOneClearLine() throws Exception {
        long first = Long.getLong("bubbletrace.firstMutant", 0);
        List<Long> seeds = LongStream.range(first, first + MUTANTS).boxed().toList();
        for (long seed : seeds) {
            tryMutant(seed);
        }
    }

    private static void tryMutant(long seed) throws IOException {
        Random random = new Random(seed);
        Path original = originals.get(random.nextInt(originals.size()));
        Path mutant = folder.resolve("mutant.sqlite");
        Files.copy(original, mutant, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder.resolve("mutant.sqlite-journal"));
        StringBuilder story = new StringBuilder("seed ").append(seed);
        mutate(mutant, (int) (seed % Mutation.values().length), random, story);
        boolean inParts = original.getParent().endsWith("ranks");
        List<Path> inputs = inParts ? List.of(original.resolveSibling("rank0.sqlite"), mutant) : List.of(mutant);
        try {
            Analysis analysis = assertTimeoutPreemptively(HANGS, () -> analyse(inputs));
            requireEveryRow(analysis, inputs);
        } catch (UnusableInputException e) {
            assertThat(e.getMessage()).as(story.toString()).doesNotContainPattern("[\\p{Cntrl}]");
            assertThat(e.getMessage())
                    .as(story.toString())
                    .contains(".sqlite: ")
                    .hasSizeLessThan(9000);
        } catch (RuntimeException | AssertionError | SQLException e) {
            throw new AssertionError(story + ": " + e, e);
        }
    }

    private static Analysis analyse(List<Path> inputs) {
        Analysis analysis = Analyzer.analyze(inputs, AnalysisOptions.defaults());
        analysis.whatIf().get();
        return new Analysed(analysis).checked().analysis();
    }

    private static void mutate(Path file, int first, Random random, StringBuilder story) throws IOException {
        int more = random.nextInt(3);
        for (int i = 0; i <= more; i++) {
            Mutation mutation = Mutation.values()[i == 0 ? first : random.nextInt(Mutation.values().length)];
            story.append(' ').append(mutation);
            try {
                mutation.apply(file, random);
            } catch (SQLException e) {
                story.append(" (not possible)");
            }
        }
    }

    /** Rows read and rows counted as bad are all rows, as far as the database itself can still count them. */
    private static void requireEveryRow(Analysis analysis, List<Path> inputs) throws SQLException {
        long rows = 0;
        long read = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Path file = inputs.get(i);
            InputSummary input = analysis.inputs().get(i);
            long kernels = Database.count(file, ExportSchema.KERNEL, "true");
            long ranges = Database.count(file, ExportSchema.NVTX, "eventType IN (59, 60, 70, 71)");
            assertThat(input.kernels()).isLessThanOrEqualTo(kernels);
            assertThat(input.ranges()).isLessThanOrEqualTo(ranges);
            rows += kernels + ranges + Database.count(file, ExportSchema.CALL, "true");
            read += input.kernels() + input.ranges() + input.apiCalls();
        }
        assertThat(read + new Analysed(analysis).warned("bad-times")).isEqualTo(rows);
    }
}
