package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample traces that are one simulated run in several forms tell the same of it. */
class SampleFormatsTest {

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

    private static PipelineAnalysis pipeline(String form) {
        Path trace = Path.of("..", "sample-traces", "1f1b-slow-stage" + form);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults())
                .pipelines()
                .get(0);
    }
}
