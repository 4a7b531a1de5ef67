package io.github.bubbletrace.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged traces of every format end in an analysis with counted warnings or in one clear line, whatever the damage. */
class MutantsTest {

    /** How many mutants: a few for every build, thousands by night. */
    private static final int MUTANTS = Integer.getInteger("bubbletrace.mutants", 200);

    /** Far above what any mutant takes, which is a fraction of a second. */
    private static final Duration HANGS = Duration.ofSeconds(60);

    /** A folder of more traces, in it folders of one file a rank; without it only traces of the project are tried. */
    private static final String MORE = System.getProperty("bubbletrace.mutants.from", "");

    private static final List<Damage> ANYWHERE =
            List.<Damage>of(Mutation.values()).subList(0, Mutation.TRUNCATE.ordinal() + 1);
    private static final List<Damage> IN_EXPORTS = List.of(Mutation.values());
    private static final List<Damage> IN_TEXTS =
            Stream.concat(ANYWHERE.stream(), Stream.of(TextMutation.values())).toList();

    private static final String COPIES = "CUPTI_ACTIVITY_KIND_MEMCPY";
    private static final String MEMSETS = "CUPTI_ACTIVITY_KIND_MEMSET";
    private static final String GRAPH_LAUNCHES = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";

    @TempDir
    private static Path folder;

    private static List<Original> originals;

    /** A whole trace, and the files of the other ranks that are read with its mutants. */
    private record Original(Path file, List<Path> others) {

        boolean isExport() throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("SQLite");
            }
        }
    }

    @BeforeAll
    static void writeOriginals() throws IOException {
        TaskTimes times = TaskTimes.of(1_000_000, 2_000_000);
        Path simulated = Files.createDirectory(folder.resolve("simulated"));
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(3, 1, 4), times)
                        .iterations(3)
                        .transfer(50_000)
                        .kernels(2)
                        .jitter(0.1)
                        .build()),
                simulated.resolve("1f1b.sqlite"));
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.FORWARD, new Shape(2, 1, 5), times)
                        .transfer(20_000)
                        .build()),
                simulated.resolve("forward.sqlite"));
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.INTERLEAVED, new Shape(2, 2, 4), times)
                        .iterations(2)
                        .transfer(20_000)
                        .ranksPerFile(1)
                        .build()),
                simulated.resolve("ranks"));
        originals = new ArrayList<>(in(simulated));
        originals.addAll(in(Path.of("..", "sample-traces")));
    }

    @Test
    void everyMutantEndsInAnAnalysisOrOneClearLine() throws Exception {
        tryMutants(originals);
    }

    @Test
    void soDoesEveryMutantOfFurtherTraces() throws Exception {
        assumeFalse(MORE.isEmpty(), "no -Dbubbletrace.mutants.from");
        tryMutants(in(Path.of(MORE)));
    }

    private static void tryMutants(List<Original> of) throws IOException {
        long first = Long.getLong("bubbletrace.firstMutant", 0);
        for (long seed = first; seed < first + MUTANTS; seed++) {
            tryMutant(seed, of);
        }
    }

    /** The traces in {@code place}; a folder in it holds the ranks of one run. */
    private static List<Original> in(Path place) throws IOException {
        List<Original> found = new ArrayList<>();
        for (Path path : sorted(place)) {
            List<Path> ranks = Files.isDirectory(path) ? sorted(path) : List.of(path);
            for (Path file : ranks) {
                if (TraceFormat.isKnown(file)) {
                    found.add(new Original(
                            file, ranks.stream().filter(f -> !f.equals(file)).toList()));
                }
            }
        }
        return found;
    }

    private static List<Path> sorted(Path place) throws IOException {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.sorted().toList();
        }
    }

    private static void tryMutant(long seed, List<Original> of) throws IOException {
        Random random = Seeds.random(seed);
        Original original = of.get(random.nextInt(of.size()));
        Path mutant = folder.resolve("mutant-" + original.file().getFileName());
        Files.copy(original.file(), mutant, StandardCopyOption.REPLACE_EXISTING);
        mutant.toFile().setWritable(true);
        Files.deleteIfExists(folder.resolve(mutant.getFileName() + "-journal"));
        StringBuilder story =
                new StringBuilder("seed ").append(seed).append(' ').append(original.file());
        boolean isExport = original.isExport();
        mutate(mutant, isExport ? IN_EXPORTS : IN_TEXTS, seed, random, story);
        List<Path> inputs =
                Stream.concat(original.others().stream(), Stream.of(mutant)).toList();
        try {
            Analysis analysis = assertTimeoutPreemptively(HANGS, () -> analyse(inputs));
            if (isExport && isReadable(mutant)) {
                requireEveryRow(analysis, inputs);
            }
        } catch (UnusableInputException e) {
            assertThat(e.getMessage()).as(story.toString()).doesNotContainPattern("[\\p{Cntrl}]");
            assertThat(inputs)
                    .as("%s: %s", story, e.getMessage())
                    .anyMatch(input -> e.getMessage().startsWith(input + ": "));
            assertThat(e.getMessage()).as(story.toString()).hasSizeLessThan(9000);
        } catch (RuntimeException | AssertionError | SQLException e) {
            throw new AssertionError(story + ": " + e, e);
        }
    }

    private static Analysis analyse(List<Path> inputs) {
        Analysis analysis = Analyzer.analyze(inputs, AnalysisOptions.defaults());
        analysis.whatIf().get();
        return new Analysed(analysis).checked().analysis();
    }

    private static void mutate(Path file, List<Damage> ways, long seed, Random random, StringBuilder story)
            throws IOException {
        int more = random.nextInt(3);
        for (int i = 0; i <= more; i++) {
            Damage damage = ways.get(i == 0 ? (int) (seed % ways.size()) : random.nextInt(ways.size()));
            story.append(' ').append(damage);
            try {
                damage.apply(file, random);
            } catch (SQLException e) {
                story.append(" (not possible)");
            }
        }
    }

    /** Whether SQLite itself still opens the file: it refuses some damage that no table is touched by. */
    private static boolean isReadable(Path file) {
        try {
            Database.count(file, "sqlite_master", "true");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Rows read and rows counted as bad are all rows, as far as the database itself can still count them; of memsets only
     * the bad ones are counted anywhere.
     */
    private static void requireEveryRow(Analysis analysis, List<Path> inputs) throws SQLException {
        long rows = 0;
        long memsets = 0;
        long read = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Path file = inputs.get(i);
            InputSummary input = analysis.inputs().get(i);
            long kernels =
                    Database.count(file, ExportSchema.KERNEL, "true") + Database.count(file, GRAPH_LAUNCHES, "true");
            long ranges = Database.count(file, ExportSchema.NVTX, "eventType IN (59, 60, 70, 71)");
            assertThat(input.kernels()).isLessThanOrEqualTo(kernels);
            assertThat(input.ranges()).isLessThanOrEqualTo(ranges);
            rows += kernels
                    + ranges
                    + Database.count(file, ExportSchema.CALL, "true")
                    + Database.count(file, COPIES, "true");
            memsets += Database.count(file, MEMSETS, "true");
            read += input.kernels() + input.ranges() + input.apiCalls() + input.copies();
        }
        assertThat(read + new Analysed(analysis).warned("bad-times")).isBetween(rows, rows + memsets);
    }
}
