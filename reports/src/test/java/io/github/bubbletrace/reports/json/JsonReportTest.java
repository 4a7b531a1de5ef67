package io.github.bubbletrace.reports.json;

import static io.github.bubbletrace.reports.JsonValues.map;
import static io.github.bubbletrace.reports.JsonValues.number;
import static io.github.bubbletrace.reports.JsonValues.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.JsonValues;
import io.github.bubbletrace.reports.SampleAnalyses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    @Test
    void hasTheDocumentsFieldsInOrder() {
        Map<String, Object> document = document(SampleAnalyses.pipeline());
        assertThat(document.keySet())
                .containsExactly(
                        "schema",
                        "tool",
                        "inputs",
                        "pipelines",
                        "devices",
                        "kernels",
                        "findings",
                        "checks",
                        "warnings",
                        "whatIf");
        assertThat(document).containsEntry("schema", "bubbletrace.analysis/1");
        assertThat(document.get("tool")).isEqualTo(Map.of("name", "bubbletrace", "version", "1.2.3"));

        Map<String, Object> pipeline = objects(document.get("pipelines")).get(0);
        assertThat(pipeline)
                .containsEntry("stages", 4L)
                .containsEntry("microBatches", 8L)
                .containsEntry("inFlight", null);
        assertThat(map(pipeline.get("schedule"))).containsEntry("kind", "1f1b").containsEntry("confidence", 0.98);
        assertThat(map(pipeline.get("totals"))).containsEntry("closedFormBubble", 0.272727);
    }

    @Test
    void busyAndIdleSumToTheWindowOnEveryDevice() {
        for (Map<String, Object> pipeline :
                objects(document(SampleAnalyses.twoReplicas()).get("pipelines"))) {
            for (Map<String, Object> iteration : objects(pipeline.get("iterations"))) {
                long windowNs = number(iteration.get("endNs")) - number(iteration.get("startNs"));
                assertThat(objects(iteration.get("devices"))).isNotEmpty().allSatisfy(device -> {
                    long idleNs = map(device.get("idleNs")).values().stream()
                            .mapToLong(JsonValues::number)
                            .sum();
                    assertThat(number(device.get("busyNs")) + idleNs).isEqualTo(windowNs);
                });
            }
        }
    }

    @Test
    void whatIsUnknownIsNull() {
        Map<String, Object> pipeline =
                objects(document(SampleAnalyses.unresolved()).get("pipelines")).get(0);
        assertThat(map(pipeline.get("totals")))
                .containsEntry("closedFormBubble", null)
                .containsEntry("predictionError", null);
        Map<String, Object> finding =
                objects(document(SampleAnalyses.hostile()).get("findings")).get(0);
        assertThat(finding).containsEntry("gain", null);
        assertThat(map(finding.get("evidence"))).containsEntry("share", null).containsEntry("list", List.of(1L, "two"));
    }

    @Test
    void sameAnalysisGivesTheSameTextThatUtf8Holds() {
        String text = JsonReport.document(SampleAnalyses.hostile(), SampleAnalyses.RUN);
        assertThat(JsonReport.document(SampleAnalyses.hostile(), SampleAnalyses.RUN))
                .isEqualTo(text);
        assertThat(text).doesNotContain("\uD800").endsWith("}\n");
    }

    @Test
    void emptyAnalysisIsADocument() {
        assertThat(document(SampleAnalyses.empty())).containsEntry("pipelines", List.of());
    }

    @Test
    void inputsAloneAreADocument() {
        String text = JsonReport.inputsDocument(SampleAnalyses.pipeline().inputs());
        Map<String, Object> document = JsonValues.object(text);
        assertThat(document.keySet()).containsExactly("inputs");
        assertThat(objects(document.get("inputs")).get(1))
                .containsEntry("path", "traces/rank1.sqlite")
                .containsEntry("ranks", List.of(1L))
                .containsEntry("unmatchedKernels", 24L);
    }

    private static Map<String, Object> document(Analysis analysis) {
        return JsonValues.object(JsonReport.document(analysis, SampleAnalyses.RUN));
    }
}
