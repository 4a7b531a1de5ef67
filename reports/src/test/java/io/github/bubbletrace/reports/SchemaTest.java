package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.compare.Comparison;
import io.github.bubbletrace.reports.compare.ComparisonJson;
import io.github.bubbletrace.reports.compare.SavedReports;
import io.github.bubbletrace.reports.compare.SavedRun;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.json.PredictionJson;
import io.github.bubbletrace.schedule.Predictor;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Produced documents against the schemas in docs. */
class SchemaTest {

    private static final Path DOCS = Path.of("..", "docs");

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("pipeline", SampleAnalyses.pipeline()),
                Arguments.of("replicas", SampleAnalyses.twoReplicas()),
                Arguments.of("unresolved", SampleAnalyses.unresolved()),
                Arguments.of("no pipeline", SampleAnalyses.noPipeline()),
                Arguments.of("kernels", SampleDetails.on(SampleAnalyses.pipeline(), 2, "relu")),
                Arguments.of("empty", SampleAnalyses.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void documentsAreValid(String name, Analysis analysis) throws IOException {
        assertThat(faults("analysis", JsonReport.document(analysis, SampleAnalyses.RUN)))
                .isEmpty();
    }

    /** The schema must not accept everything. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '$',
            value = {
                "\"bubbletrace.analysis/1\" > \"bubbletrace.analysis/2\"",
                "\"fill\" > \"filling\"",
                "\"bubble\" : 0. > \"bubble\" : 7.",
                "\"kind\" : \"compute\" > \"kind\" : \"computing\"",
                "\"exposedNs\" > \"exposed\"",
                "\"fingerprint\" : \"sha256: > \"fingerprint\" : \"md5:",
                "\"microBatches\" : 8 > \"microBatches\" : \"8\"",
                "\"busyNs\" > \"busy\"",
                "\"severity\" : \"high\" > \"severity\" : \"awful\""
            })
    void otherDocumentsAreNot(String before, String after) throws IOException {
        String document =
                JsonReport.document(SampleDetails.on(SampleAnalyses.pipeline(), 2, "relu"), SampleAnalyses.RUN);
        assertThat(document).contains(before);
        assertThat(faults("analysis", document.replace(before, after))).isNotEmpty();
    }

    @Test
    void comparisonsAreValid() throws IOException {
        SavedRun pipeline = saved(SampleAnalyses.pipeline());
        for (SavedRun other :
                List.of(saved(SampleAnalyses.twoReplicas()), saved(SampleAnalyses.noPipeline()), pipeline)) {
            assertThat(faults("comparison", ComparisonJson.document(Comparison.of(pipeline, other))))
                    .isEmpty();
        }
        String document = ComparisonJson.document(Comparison.of(pipeline, pipeline));
        assertThat(faults("comparison", document.replace("\"beyondNoise\"", "\"beyond\"")))
                .isNotEmpty();
    }

    private static SavedRun saved(Analysis analysis) {
        return SavedReports.parse("run", JsonReport.document(analysis, SampleAnalyses.RUN));
    }

    @Test
    void predictionsAreValid() throws IOException {
        StringWriter out = new StringWriter();
        TaskTimes times = TaskTimes.of(1_000_000, 2_000_000);
        PredictionJson.write(
                List.of(
                        Predictor.predict(ScheduleKind.GPIPE, new Shape(4, 1, 8), times, 0),
                        Predictor.predict(ScheduleKind.INTERLEAVED, new Shape(4, 2, 8), times, 100_000)),
                out);
        assertThat(faults("prediction", out.toString())).isEmpty();
        assertThat(faults("prediction", out.toString().replace("idealNs", "ideal")))
                .isNotEmpty();
    }

    private static Set<ValidationMessage> faults(String schema, String document) throws IOException {
        String text = Files.readString(DOCS.resolve(schema + ".schema.json"));
        JsonSchema parsed = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
        return parsed.validate(document, InputFormat.JSON);
    }
}
