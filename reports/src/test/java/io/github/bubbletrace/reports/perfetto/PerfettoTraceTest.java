package io.github.bubbletrace.reports.perfetto;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.JsonValues;
import io.github.bubbletrace.reports.SampleAnalyses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PerfettoTraceTest {

    @Test
    void holdsTasksIdleSpansAndIterations() throws IOException {
        List<Map<String, Object>> events = events(SampleAnalyses.pipeline());
        Map<Object, Long> slices = events.stream()
                .filter(event -> event.get("ph").equals("X"))
                .collect(Collectors.groupingBy(event -> event.get("cat"), Collectors.counting()));
        assertThat(slices)
                .containsEntry("forward", 96L)
                .containsEntry("backward", 96L)
                .containsEntry("iteration", 3L);
        assertThat(slices.get("transfer")).isEqualTo(3L * 2 * 3 * 8);
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("name", "process_name")
                        .containsEntry("args", Map.of("name", "rank 3, stage 3")));
    }

    @Test
    void slicesOfATrackDoNotOverlap() throws IOException {
        Map<Object, Double> endOf = new HashMap<>();
        events(SampleAnalyses.twoReplicas()).stream()
                .filter(event -> event.get("ph").equals("X"))
                .sorted(Comparator.comparingDouble(event -> number(event.get("ts"))))
                .forEach(event -> {
                    Object track = List.of(event.get("pid"), event.get("tid"));
                    double start = number(event.get("ts"));
                    assertThat(start).isGreaterThanOrEqualTo(endOf.getOrDefault(track, -1.0) - 1e-6);
                    endOf.put(track, start + number(event.get("dur")));
                });
    }

    @Test
    void everyArrowHasTailAndHeadInsideATask() throws IOException {
        List<Map<String, Object>> events = events(SampleAnalyses.pipeline());
        Map<Object, List<Object>> arrows = events.stream()
                .filter(event -> event.containsKey("id"))
                .collect(Collectors.groupingBy(
                        event -> event.get("id"), Collectors.mapping(event -> event.get("ph"), Collectors.toList())));
        assertThat(arrows.values())
                .hasSize(144)
                .allSatisfy(kinds -> assertThat(kinds).containsExactly("s", "t", "f"));
        events.stream()
                .filter(event -> List.of("s", "f").contains(event.get("ph")))
                .forEach(end -> assertThat(events).anyMatch(slice -> covers(slice, end)));
    }

    @Test
    void timesAreMicrosecondsWithExactNanoseconds() throws IOException {
        assertThat(text(SampleAnalyses.pipeline()))
                .contains("\"ts\":999.999,", "\"dur\":40,")
                .doesNotContain("E+");
    }

    @Test
    void hostileNamesAreEscapedAndEmptyRunsHaveNoEvents() throws IOException {
        assertThat(text(SampleAnalyses.hostile())).doesNotContain("\u0007", "\u202E", "\uD800");
        assertThat(events(SampleAnalyses.noPipeline())).isEmpty();
    }

    private static boolean covers(Map<String, Object> slice, Map<String, Object> end) {
        if (!slice.get("ph").equals("X")
                || !slice.get("tid").equals(end.get("tid"))
                || !slice.get("pid").equals(end.get("pid"))) {
            return false;
        }
        double at = number(end.get("ts"));
        double start = number(slice.get("ts"));
        return at >= start && at < start + number(slice.get("dur"));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static List<Map<String, Object>> events(Analysis analysis) throws IOException {
        return JsonValues.objects(JsonValues.object(text(analysis)).get("traceEvents"));
    }

    private static String text(Analysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PerfettoTrace.write(analysis, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
