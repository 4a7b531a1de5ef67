package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd, damaged and hostile logs end in one clear line or a counted warning, within bounded memory. */
class HostileFilesTest {

    private static final String HEADER = "rank,stage,step,optype,start_s,duration_s,mb\n";

    @TempDir
    private Path folder;

    @Test
    void missingColumnsAreSaidWithThoseFound() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "stage,step,optype,start_s\n0,0,forward,1\n");
        assertThatThrownBy(() -> analyse(file))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("without a column for mb, duration or end (found: stage, step, optype, start_s)");
    }

    @Test
    void oddRowsAreCounted() throws IOException {
        Analysis analysis = analyse(Files.writeString(
                folder.resolve("x"),
                HEADER + "0,0,0,forward,1,0.5,0\n" + "1,1,0,forward,1.5,0.5,0\n" + "0,0,0,forward,1.1,0.5,0\n"
                        + "0,0,0,frobnicate,1,0.5,0\n" + "0,0,0,forward,soon,0.5,1\n" + "0,0,0,forward,3,-1,2\n"
                        + "0,0\n"));
        assertThat(warning(analysis, "repeated-spans").count()).isOne();
        assertThat(warning(analysis, "unknown-phases").text()).endsWith(": frobnicate");
        assertThat(warning(analysis, "bad-rows").count()).isEqualTo(2);
        assertThat(warning(analysis, "bad-times").count()).isOne();
    }

    @Test
    void wrongUnitsAreSuspected() throws IOException {
        StringBuilder rows = new StringBuilder("rank,stage,step,optype,start_s,duration_ms,mb\n");
        for (int mb = 0; mb < 4; mb++) {
            rows.append("0,0,0,forward,0.0")
                    .append(mb)
                    .append(",9000,")
                    .append(mb)
                    .append('\n');
        }
        Analysis analysis = analyse(Files.writeString(folder.resolve("x"), rows));
        assertThat(warning(analysis, "crowded-spans").count()).isOne();
    }

    @Test
    void theUnitIsInferredAndSaidUnlessTold() throws IOException {
        Path file = Files.writeString(
                folder.resolve("x"),
                "rank,stage,step,optype,start,duration,mb\n0,0,0,forward,0,40,0\n1,1,0,forward,41,40,0\n");
        assertThat(warning(analyse(file), "time-unit-inferred").text()).endsWith(": ms");
        Analysis told =
                Analyzer.analyze(List.of(file), AnalysisOptions.defaults().withTimeUnit(TimeUnit.US));
        assertThat(told.warnings()).noneMatch(w -> w.code().equals("time-unit-inferred"));
        assertThat(told.pipelines().get(0).totals().windowNs()).isEqualTo(81_000);
    }

    @Test
    void aLineWithoutEndIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), HEADER + "0,".repeat(2_000_000));
        assertThatThrownBy(() -> analyse(file))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("a line of more than a million characters");
    }

    @Test
    void jsonOfAHundredMegabytesOnOneLineIsRead() throws IOException {
        Path file = folder.resolve("x");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("[");
            for (long size = 0; size < 100_000_000; size += 100) {
                out.write("{\"ph\":\"X\",\"cat\":\"cpu_op\",\"name\":\"aten::mm\",\"pid\":1,\"tid\":1,\"ts\":1.5,"
                        + "\"dur\":2,\"args\":{\"Ev Idx\":1}},");
            }
            out.write(
                    "{\"ph\":\"X\",\"name\":\"forward\",\"pid\":1,\"tid\":1,\"ts\":1,\"dur\":2,\"args\":{\"mb\":0}}]");
        }
        assertThat(analyse(file).inputs().get(0).ranges()).isOne();
    }

    @Test
    void deepNestingIsRefusedOrCutOff() throws IOException {
        String deep = "{\"ph\":\"X\",\"name\":\"forward\",\"args\":{\"a\":" + "[".repeat(100_000);
        Path first = Files.writeString(folder.resolve("first"), "[" + deep);
        assertThatThrownBy(() -> analyse(first))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("nested too deeply");
        Path later = Files.writeString(
                folder.resolve("later"),
                "[{\"ph\":\"X\",\"name\":\"forward\",\"pid\":1,\"tid\":1,\"ts\":1,\"dur\":2,\"args\":{\"mb\":0}},"
                        + deep);
        assertThat(warning(analyse(later), "input-cut").text()).contains("after 1 events");
    }

    @Test
    void aGzipBombIsRefused() throws IOException {
        Path file = folder.resolve("x");
        byte[] spaces = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"traceEvents\": [".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(spaces);
            }
        }
        assertThatThrownBy(() -> analyse(file))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("times its size");
    }

    @Test
    void bombsOfOtherKindsAreRefused() throws IOException {
        Path csv = folder.resolve("csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(csv))) {
            out.write(HEADER.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        Path zstd = folder.resolve("zstd");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            out.write("[{\"ph\": \"X\"},".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        for (Path bomb : List.of(csv, zstd)) {
            assertThatThrownBy(() -> analyse(bomb)).isInstanceOf(UnusableInputException.class);
        }
    }

    @Test
    void aCutLogIsUsedUpToTheCut() throws IOException {
        Path whole = SpanLogs.csv(folder.resolve("whole"), LoggedSpan.run(1, 3), 2);
        String text = new String(Content.open(whole).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Path packed = SpanLogs.write(folder.resolve("packed"), text, true);
        byte[] bytes = Files.readAllBytes(packed);
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Analysis analysis = analyse(cut);
        assertThat(warning(analysis, "input-cut").count()).isOne();
        assertThat(analysis.inputs().get(0).ranges()).isGreaterThan(100);
    }

    @Test
    void otherFilesAreNoTraces() throws IOException {
        for (String text : List.of("", "hello, world\n", "{\"a\": 1}", "[1, 2", "a,b,c\n1,2,3\n")) {
            Path file = Files.writeString(folder.resolve("x"), text);
            assertThatThrownBy(() -> analyse(file)).isInstanceOf(UnusableInputException.class);
        }
    }

    @Test
    void randomDamageNeverEndsInAFault() throws IOException {
        List<LoggedSpan> spans = LoggedSpan.run(1, 3);
        List<Path> seeds = List.of(
                SpanLogs.csv(folder.resolve("csv"), spans, 4),
                SpanLogs.chrome(folder.resolve("chrome"), spans, 4),
                SpanLogs.chrome(folder.resolve("chrome2"), spans, 7),
                Files.writeString(folder.resolve("kineto"), KinetoFiles.text(spans, 0, 4)));
        Random random = new Random(20);
        for (int round = 0; round < 120; round++) {
            byte[] bytes = Files.readAllBytes(seeds.get(round % seeds.size()));
            for (int hit = 0; hit < 1 + random.nextInt(20); hit++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path damaged = Files.write(folder.resolve("damaged"), bytes);
            try {
                assertThat(analyse(damaged).inputs()).hasSize(1);
            } catch (UnusableInputException e) {
                assertThat(e.getMessage()).as("round " + round).startsWith(damaged.toString());
            }
        }
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
