package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample traces that are one simulated run in several forms tell the same of it. */
class SampleFormatsTest {

    /** How much later a run written as one file a rank starts than one written as one file. */
    private static final BigDecimal LATER_US = new BigDecimal("3703.701");

    private static final Pattern STAMP = Pattern.compile("\"ts\": ([0-9.]+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-kineto", "-chrome.json", "-spans.csv"})
    void everyFormTellsTheSame(String form) {
        PipelineAnalysis expected = pipeline(".sqlite");
        PipelineAnalysis found = pipeline(form);
        assertThat(found.totals().windowNs()).isEqualTo(expected.totals().windowNs());
        assertThat(found.totals().busyNs()).isEqualTo(expected.totals().busyNs());
        assertThat(found.totals().idleNs()).isEqualTo(expected.totals().idleNs());
        assertThat(found.schedule().kind()).isEqualTo(expected.schedule().kind());
        assertThat(found.iterations())
                .map(iteration -> iteration.replayNs())
                .isEqualTo(expected.iterations().stream()
                        .map(iteration -> iteration.replayNs())
                        .toList());
    }

    @Test
    void aFolderOfNsightAndKinetoRanksIsTheSameRun() throws IOException {
        Simulation run = Simulation.run(SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B,
                        new Shape(4, 1, 8),
                        new TaskTimes(1_000_000, 2_000_000, OptionalLong.empty()))
                .iterations(3)
                .kernels(3)
                .imbalance(2, 1.3)
                .jitter(0.03)
                .host(20_000)
                .transfer(60_000)
                .seed(1)
                .ranksPerFile(1)
                .build());
        List<Path> written = NsysWriter.write(run, folder.resolve("nsight"));
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        for (int rank = 0; rank < 2; rank++) {
            Files.copy(written.get(rank), mixed.resolve(written.get(rank).getFileName()));
            String other = "rank" + (rank + 2) + ".json.gz";
            Path kineto = sample("-kineto").resolve(other);
            String text = new String(Content.open(kineto).readAllBytes(), StandardCharsets.UTF_8);
            SpanLogs.write(mixed.resolve(other), STAMP.matcher(text).replaceAll(SampleFormatsTest::later), true);
        }
        assertThat(analyse(mixed).totals()).isEqualTo(pipeline("-kineto").totals());
    }

    private static String later(MatchResult stamp) {
        return "\"ts\": " + new BigDecimal(stamp.group(1)).add(LATER_US);
    }

    private static Path sample(String form) {
        return Path.of("..", "sample-traces", "1f1b-slow-stage" + form);
    }

    private static PipelineAnalysis pipeline(String form) {
        return analyse(sample(form));
    }

    private static PipelineAnalysis analyse(Path trace) {
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults())
                .pipelines()
                .get(0);
    }
}
