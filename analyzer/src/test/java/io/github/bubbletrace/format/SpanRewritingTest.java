package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run written with other names, units, layouts and packings must give one document. */
class SpanRewritingTest {

    private static final int WAYS = 12;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyWayToWriteARunGivesTheSameDocument(int lanes) {
        List<LoggedSpan> spans = LoggedSpan.run(lanes, 11);
        Analysis expected = analyse(SpanLogs.csv(folder.resolve("reference"), spans, 0));
        assertThat(expected.pipelines()).hasSize(1);
        PipelineAnalysis pipeline = expected.pipelines().get(0);
        assertThat(pipeline.schedule().kind()).isEqualTo("1f1b");
        assertThat(pipeline.tensorParallel()).isEqualTo(lanes);
        assertThat(pipeline.iterations()).hasSize(3);
        for (long seed = 1; seed <= WAYS; seed++) {
            assertSame(SpanLogs.csv(folder.resolve("log.json"), spans, seed), expected, "csv of seed " + seed);
            assertSame(SpanLogs.chrome(folder.resolve("log.csv"), spans, seed), expected, "chrome of seed " + seed);
        }
    }

    private static void assertSame(Path file, Analysis expected, String what) {
        Analysis found = analyse(file);
        assertThat(found.pipelines()).as(what).usingRecursiveComparison().isEqualTo(expected.pipelines());
        assertThat(found.devices()).as(what).isEqualTo(expected.devices());
        assertThat(found.findings()).as(what).isEqualTo(expected.findings());
    }

    private static Analysis analyse(Path file) {
        return Analyzer.analyze(List.of(file), AnalysisOptions.defaults());
    }
}
