package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks merged into one file, and folders of several formats, are told apart or refused. */
class MergedFilesTest {

    private final List<LoggedSpan> spans = LoggedSpan.run(1, 5);

    @TempDir
    private Path folder;

    @Test
    void mergedRanksAreToldApartByTheNamesOfProcesses() throws IOException {
        Analysis merged = analyse(Files.writeString(folder.resolve("all"), merged(true)));
        assertThat(merged.inputs().get(0).ranks()).containsExactly(0, 1, 2, 3);
        Path ranks = Files.createDirectory(folder.resolve("ranks"));
        KinetoFiles.write(ranks, spans, 4);
        Analysis apart = analyse(ranks);
        assertThat(merged.pipelines().get(0).totals())
                .isEqualTo(apart.pipelines().get(0).totals());
        assertThat(merged.pipelines().get(0).schedule().kind()).isEqualTo("1f1b");
    }

    @Test
    void mergedRanksWithoutNamesAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("all"), merged(false));
        assertThatThrownBy(() -> analyse(file))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("merged of 4 processes");
    }

    @Test
    void aFolderOfKinetoAndCsvRanksIsOneRun() throws IOException {
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        for (int rank = 0; rank < 2; rank++) {
            Files.writeString(mixed.resolve("k" + rank), KinetoFiles.text(spans, rank, 4));
        }
        Files.writeString(mixed.resolve("log"), csv(2));
        Analysis analysis = analyse(mixed);
        assertThat(analysis.inputs().stream().map(InputSummary::format))
                .containsExactlyInAnyOrder("kineto-json", "kineto-json", "spans-csv");
        Path plain = Files.createDirectory(folder.resolve("plain"));
        KinetoFiles.write(plain, spans, 4);
        assertThat(analysis.pipelines().get(0).totals().windowNs())
                .isEqualTo(analyse(plain).pipelines().get(0).totals().windowNs());
        assertThat(analysis.pipelines().get(0).totals().busyNs())
                .isEqualTo(analyse(plain).pipelines().get(0).totals().busyNs());
    }

    @Test
    void anotherJobOfAnotherFormatIsRefused() throws IOException {
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        Files.writeString(mixed.resolve("k"), KinetoFiles.text(spans, 0, 4));
        Files.writeString(mixed.resolve("log"), csv(0));
        assertThatThrownBy(() -> analyse(mixed))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("is rank 0, as ");
    }

    @Test
    void theClockErrorIsTheStepOfTheStamps() throws IOException {
        Path fine = Files.createDirectory(folder.resolve("fine"));
        KinetoFiles.write(fine, spans, 4);
        assertThat(analyse(fine).inputs()).allMatch(input -> input.clockErrorNs() == 80);
        Path coarse = Files.createDirectory(folder.resolve("coarse"));
        for (int rank = 0; rank < 4; rank++) {
            Files.writeString(
                    coarse.resolve("r" + rank),
                    KinetoFiles.text(spans, rank, 4).replaceAll("(\"ts\": \\d+)\\.\\d+", "$1"));
        }
        assertThat(analyse(coarse).inputs()).allMatch(input -> input.clockErrorNs() == 1000);
    }

    /** The four ranks in one list: other ids of processes and GPUs, the same correlation ids. */
    private String merged(boolean named) {
        StringBuilder text = new StringBuilder("{\"traceEvents\": [\n");
        for (int rank = 0; rank < 4; rank++) {
            if (named) {
                for (int process : new int[] {5000 + rank, 300 + rank}) {
                    text.append("{\"ph\": \"M\", \"name\": \"process_name\", \"pid\": ")
                            .append(process)
                            .append(", \"args\": {\"name\": \"rank ")
                            .append(rank)
                            .append("\"}},\n");
                }
            }
            String own = KinetoFiles.text(spans, rank, 4);
            text.append(own.substring(own.indexOf('[') + 1, own.lastIndexOf("{\"ph\""))
                    .replace("\"pid\": 4037", "\"pid\": " + (5000 + rank))
                    .replace("\"pid\": 3,", "\"pid\": " + (300 + rank) + ","));
        }
        return text.append("{}]}").toString();
    }

    /** The spans of the ranks from {@code first} on, as a log with times since 1970. */
    private String csv(int first) {
        StringBuilder text = new StringBuilder("rank,stage,step,optype,start_ns,end_ns,mb\n");
        for (LoggedSpan span : spans) {
            if (span.rank() >= first && span.microBatch() >= 0) {
                text.append(span.rank())
                        .append(',')
                        .append(span.stage())
                        .append(',')
                        .append(span.step())
                        .append(',')
                        .append(span.name())
                        .append(',')
                        .append(KinetoFiles.EPOCH_NS + span.startNs())
                        .append(',')
                        .append(KinetoFiles.EPOCH_NS + span.endNs())
                        .append(',')
                        .append(span.microBatch())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static Analysis analyse(Path path) {
        return Analyzer.analyze(List.of(path), AnalysisOptions.defaults());
    }
}
