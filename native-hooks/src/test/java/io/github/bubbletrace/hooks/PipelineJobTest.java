package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the job's calls to the verdict: a pipeline of processes, each recorded by itself, analysed together. */
class PipelineJobTest {

    private static final int ITERATIONS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"4, 8, 1000000, 2000000", "4, 12, 700000, 900000", "2, 5, 300000, 600000"})
    void theAnalysisIsWhatTheScriptDid(int stages, int batches, long forwardNs, long backwardNs) throws Exception {
        Path out = folder.resolve("captures");
        long windowNs = (batches + stages - 1) * (forwardNs + backwardNs);
        for (int rank = 0; rank < stages; rank++) {
            Played played = new Player(out)
                    .with("RANK", "" + rank)
                    .with("WORLD_SIZE", "" + stages)
                    .run(
                            "",
                            Player.fake("pipeline_job"),
                            "1000000000",
                            "" + batches,
                            "" + forwardNs,
                            "" + backwardNs,
                            "" + ITERATIONS);
            assertThat(played.out()).isEqualTo(windowNs + "\n");
            assertThat(played.err()).isEmpty();
        }
        PipelineAnalysis pipeline = only(Analyzer.analyze(List.of(out), AnalysisOptions.defaults()));
        assertThat(pipeline.stages()).isEqualTo(stages);
        assertThat(pipeline.schedule().kind()).isEqualTo("1f1b");
        assertThat(pipeline.iterations()).hasSize(ITERATIONS).allSatisfy(it -> {
            assertThat(it.microBatches()).isEqualTo(batches);
            // Captures of one host differ by what reading two clocks takes.
            assertThat(it.windowNs()).isCloseTo(windowNs, Offset.offset(20_000L));
            assertThat(it.devices())
                    .extracting(DeviceAnalysis::busyNs)
                    .containsOnly(batches * (forwardNs + backwardNs));
        });
        assertThat(pipeline.totals().bubble()).isCloseTo((stages - 1.0) / (batches + stages - 1), offset(0.002));
    }

    private static PipelineAnalysis only(Analysis analysis) {
        assertThat(analysis.pipelines()).hasSize(1);
        return analysis.pipelines().get(0);
    }
}
