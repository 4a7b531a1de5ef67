package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.output.Output;
import io.github.bubbletrace.reports.output.ReportFile;
import io.github.bubbletrace.reports.perfetto.PerfettoTrace;
import io.github.bubbletrace.reports.picture.Fonts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same analysis gives the same bytes in every output, whatever the machine's locale and time zone. */
@Isolated
class DeterminismTest {

    private static final Locale LOCALE = Locale.getDefault();
    private static final TimeZone ZONE = TimeZone.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(LOCALE);
        TimeZone.setDefault(ZONE);
    }

    static Stream<Arguments> files() {
        return Stream.of(Output.values())
                .flatMap(output -> output.files().stream())
                .flatMap(file -> Stream.of(
                        Arguments.of(file.name(), "pipeline", file, samples("pipeline")),
                        Arguments.of(file.name(), "replicas", file, samples("replicas"))));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("files")
    void twoRunsGiveTheSameBytes(String name, String sample, ReportFile file, Supplier<Analysis> analysis)
            throws IOException {
        if (file.need() == ReportFile.Need.PIPELINE_AND_FONT && !Fonts.areUsable()) {
            return;
        }
        byte[] first = bytes(file, analysis.get());
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        assertThat(bytes(file, analysis.get())).isEqualTo(first);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twoRuns")
    void theTraceToo(String name, Supplier<Analysis> analysis) throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        PerfettoTrace.write(analysis.get(), first);
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        PerfettoTrace.write(analysis.get(), second);
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    }

    static Stream<Arguments> twoRuns() {
        return Stream.of(Arguments.of("pipeline", samples("pipeline")), Arguments.of("replicas", samples("replicas")));
    }

    private static Supplier<Analysis> samples(String name) {
        return name.equals("pipeline") ? SampleAnalyses::pipeline : SampleAnalyses::twoReplicas;
    }

    private static byte[] bytes(ReportFile file, Analysis analysis) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.content().write(analysis, SampleAnalyses.RUN, out);
        return out.toByteArray();
    }
}
