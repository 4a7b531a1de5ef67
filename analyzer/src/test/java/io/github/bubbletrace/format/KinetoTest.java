package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch profiler files: launches meet ranges, files meet on one clock, ranks are known. */
class KinetoTest {

    private final List<LoggedSpan> spans = LoggedSpan.run(1, 5);

    @TempDir
    private Path folder;

    @Test
    void aFolderOfRanksIsOnePipelineExactToTheNanosecond() throws IOException {
        KinetoFiles.write(folder, spans, 4);
        Files.writeString(folder.resolve("notes.json"), "{\"name\": 1}");
        Analysis analysis = analyse(folder);
        PipelineAnalysis pipeline = analysis.pipelines().get(0);
        assertThat(pipeline.schedule().kind()).isEqualTo("1f1b");
        assertThat(pipeline.stages()).isEqualTo(4);
        Analysis log = analyse(SpanLogs.csv(folder.resolve("log"), spans, 2));
        assertThat(pipeline.totals().windowNs())
                .isEqualTo(log.pipelines().get(0).totals().windowNs());
        assertThat(pipeline.totals().busyNs())
                .isEqualTo(log.pipelines().get(0).totals().busyNs());
        assertThat(analysis.inputs()).allSatisfy(input -> {
            assertThat(input.kernels()).isEqualTo(36);
            assertThat(input.unmatchedKernels()).isZero();
        });
    }

    @Test
    void arrowsJoinKernelsWithoutCorrelationIds() throws IOException {
        KinetoFiles.write(folder, spans, 4);
        Path joined = Files.createDirectory(folder.resolve("joined"));
        Path lone = Files.createDirectory(folder.resolve("lone"));
        Path noCalls = Files.createDirectory(folder.resolve("noCalls"));
        for (int rank = 0; rank < 4; rank++) {
            String text = KinetoFiles.withArrows(spans, rank, 4);
            String kernelsWithout = text.replaceAll("(\"stream\": 7), \"correlation\": \\d+", "$1");
            Files.writeString(
                    joined.resolve("r" + rank),
                    rank % 2 == 0 ? kernelsWithout : kernelsWithout.replaceAll("\"correlation\": \\d+", ""));
            Files.writeString(lone.resolve("r" + rank), kernelsWithout.replaceAll("\"ph\": \"[sf]\"", "\"ph\": \"n\""));
            Files.writeString(noCalls.resolve("r" + rank), kernelsWithout.replace("cuda_runtime", "cpu_op"));
        }
        for (Path linked : List.of(joined, noCalls)) {
            Analysis analysis = analyse(linked);
            assertThat(warning(analysis, "launches-by-arrow").count()).isEqualTo(4 * 36);
            assertThat(analysis.inputs()).allMatch(input -> input.unmatchedKernels() == 0 && input.apiCalls() == 36);
            assertThat(analysis.pipelines().get(0).totals())
                    .isEqualTo(analyse(folder).pipelines().get(0).totals());
        }
        Analysis unlinked = analyse(lone);
        assertThat(unlinked.inputs()).allMatch(input -> input.unmatchedKernels() == 36);
        assertThat(unlinked.warnings())
                .anyMatch(w -> w.code().equals("events-without-use") && w.text().endsWith("other types"));
    }

    /** What was allocated before the recording shows in the allocator's totals; memory of the host is none of a GPU's. */
    @Test
    void memoryEventsSayWhatDevicesHold() throws IOException {
        long base = 3_000_000_000L;
        for (int rank = 0; rank < 4; rank++) {
            Files.writeString(
                    folder.resolve("r" + rank), KinetoFiles.withMemory(spans, rank, 4, base + rank, 1_000_000 + rank));
        }
        WhatIfAnalysis whatIf = analyse(folder).whatIf().get();
        for (int rank = 0; rank < 4; rank++) {
            DeviceMemory device = whatIf.memory().get(rank);
            assertThat(device.baseBytes()).isEqualTo(base + rank);
            assertThat(device.activationBytes()).isEqualTo(1_000_000 + rank);
            assertThat(device.peakBytes())
                    .isEqualTo(base + rank + whatIf.peakInFlight().get(rank) * (1_000_000L + rank));
        }
    }

    @Test
    void zstdIsReadByContent() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.csv"), KinetoFiles.text(spans, 1, 4));
        Path packed = folder.resolve("packed.txt");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readString(plain).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(analyse(packed).devices()).isEqualTo(analyse(plain).devices());
    }

    @Test
    void ranksWithoutATraceAreSaid() throws IOException {
        Files.writeString(folder.resolve("a"), KinetoFiles.text(spans, 1, 8));
        Files.writeString(folder.resolve("b"), KinetoFiles.text(spans, 2, 8));
        Warning missing = warning(analyse(folder), "ranks-missing");
        assertThat(missing.count()).isEqualTo(6);
        assertThat(missing.text()).endsWith(": 0, 3..7");
    }

    @Test
    void aCutFileIsUsedUpToTheCut() throws IOException {
        String text = KinetoFiles.text(spans, 0, 1);
        long last = 0;
        for (int cut = text.length() * 2 / 3; cut < text.length() - 120; cut += 997) {
            Path file = Files.writeString(folder.resolve("cut"), text.substring(0, cut));
            Analysis analysis = analyse(file);
            assertThat(warning(analysis, "input-cut").text()).contains("at byte " + cut);
            assertThat(analysis.inputs().get(0).kernels())
                    .isGreaterThanOrEqualTo(last)
                    .isPositive();
            last = analysis.inputs().get(0).kernels();
        }
    }

    @Test
    void aCutPackedFileIsUsedUpToTheCut() throws IOException {
        Path whole = SpanLogs.write(folder.resolve("whole"), KinetoFiles.text(spans, 0, 1), true);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertThat(warning(analyse(cut), "input-cut").count()).isOne();
    }

    @Test
    void jobsOfDifferentSizesAreRefused() throws IOException {
        Files.writeString(folder.resolve("a"), KinetoFiles.text(spans, 0, 4));
        Files.writeString(folder.resolve("b"), KinetoFiles.text(spans, 1, 8));
        assertThatThrownBy(() -> analyse(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("is of a job of 8 ranks");
    }

    @Test
    void aRankInTwoFilesIsRefused() throws IOException {
        Files.writeString(folder.resolve("a"), KinetoFiles.text(spans, 1, 4));
        Files.writeString(folder.resolve("b"), KinetoFiles.text(spans, 1, 4));
        assertThatThrownBy(() -> analyse(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("is rank 1, as ");
    }

    @Test
    void jobsOfDifferentTimesAreRefused() throws IOException {
        Files.writeString(folder.resolve("a"), KinetoFiles.text(spans, 0, 4));
        Files.writeString(folder.resolve("b"), KinetoFiles.text(spans, 1, 4).replace("\"ts\": 16827", "\"ts\": 16828"));
        assertThatThrownBy(() -> analyse(folder))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("was recorded after all others had ended");
    }

    private static Warning warning(Analysis analysis, String code) {
        return analysis.warnings().stream()
                .filter(w -> w.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Analysis analyse(Path path) {
        return Analyzer.analyze(List.of(path), AnalysisOptions.defaults());
    }
}
