package io.github.bubbletrace.format.capture;

import static io.github.bubbletrace.format.capture.CaptureBytes.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed job, a full disk or bad hands leave of a capture is used as far as it is whole, and counted beyond. */
class DamagedCapturesTest {

    private static final int CHUNKS = 5;
    private static final int KERNELS_A_CHUNK = 10;
    private static final int MUTANTS = Integer.getInteger("bubbletrace.mutants", 200) * 20;
    private static final Path RECORDED = Path.of("src/test/resources/captures/format-1/every-record.btcap");

    @TempDir
    private Path folder;

    /** Kernels in some chunks after the first, the end in one of its own. */
    private static byte[] whole() {
        CaptureBytes capture =
                new CaptureBytes().begin().text(Tag.STRING, 1, "gemm").chunk();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            kernels(capture, chunk * 1_000_000L).chunk();
        }
        return capture.record(Tag.END).bytes();
    }

    private static CaptureBytes kernels(CaptureBytes capture, long startNs) {
        for (int k = 0; k < KERNELS_A_CHUNK; k++) {
            long from = k == 0 ? startNs : 1000;
            capture.record(Tag.KERNEL, signed(from), signed(500), 0, 1, 7, signed(1), 1, 1, 1, 1, 128, 1, 1, 0, 0);
        }
        return capture;
    }

    private Trace read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("x.btcap"), bytes);
        return new CaptureReader().read(file);
    }

    private static long warned(Trace trace, String code) {
        return trace.log().warnings().stream()
                .filter(w -> w.code().equals(code))
                .mapToLong(Warning::count)
                .sum();
    }

    @Test
    void aWholeOneHasNoWarnings() throws IOException {
        Trace trace = read(whole());
        assertThat(trace.kernels().size()).isEqualTo(CHUNKS * KERNELS_A_CHUNK);
        assertThat(trace.log().warnings()).isEmpty();
        assertThat(TraceFormat.of(folder.resolve("x.btcap"))).isEqualTo(TraceFormat.CAPTURE);
    }

    @Test
    void whereverItIsCutTheChunksBeforeAreUsed() throws IOException {
        byte[] whole = whole();
        int before = KERNELS_A_CHUNK;
        for (int length = mark(whole, mark(whole, mark(whole, 0) + 1) + 1); length < whole.length; length++) {
            Trace trace = read(Arrays.copyOf(whole, length));
            assertThat(trace.kernels().size())
                    .as("cut at %d", length)
                    .isGreaterThanOrEqualTo(before)
                    .isBetween(before, before + KERNELS_A_CHUNK);
            assertThat(warned(trace, "input-cut") + warned(trace, "capture-not-ended"))
                    .as("cut at %d", length)
                    .isOne();
            before = trace.kernels().size();
        }
        assertThat(before).isEqualTo(CHUNKS * KERNELS_A_CHUNK);
    }

    @Test
    void aChunkWithAWrongSumIsLeftOutAndCounted() throws IOException {
        byte[] whole = whole();
        for (int at = 300; at < whole.length - 200; at += 97) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x10;
            Trace trace = read(bytes);
            assertThat(warned(trace, "capture-damaged")).as("byte %d", at).isPositive();
            assertThat(trace.kernels().size()).as("byte %d", at).isEqualTo((CHUNKS - 1) * KERNELS_A_CHUNK);
        }
    }

    @Test
    void aMissingChunkIsCounted() throws IOException {
        byte[] whole = whole();
        int second = mark(whole, mark(whole, mark(whole, 0) + 1) + 1);
        int third = mark(whole, second + 1);
        ByteArrayOutputStream without = new ByteArrayOutputStream();
        without.write(whole, 0, second);
        without.write(whole, third, whole.length - third);
        Trace trace = read(without.toByteArray());
        assertThat(warned(trace, "capture-damaged")).isOne();
        assertThat(trace.kernels().size()).isEqualTo((CHUNKS - 1) * KERNELS_A_CHUNK);
    }

    private static int mark(byte[] bytes, int from) {
        int at = from;
        while (!(bytes[at] == 'B' && bytes[at + 1] == 'T' && bytes[at + 2] == 'c' && bytes[at + 3] == 'k')) {
            at++;
        }
        return at;
    }

    @Test
    void laterVersionsMayMakeRecordsLongerAndAddNewOnes() throws IOException {
        CaptureBytes capture = new CaptureBytes().begin().record(99, 1, 2, 3).text(Tag.STRING, 1, "gemm");
        capture.record(Tag.KERNEL, signed(5), signed(7), 0, 1, 7, signed(1), 1, 1, 1, 1, 128, 1, 1, 0, 0, 3, 4, 5, 6);
        capture.record(Tag.KERNEL, signed(20), signed(7), 0, 1, 7, signed(1), 1, 1, 1, 1, 128, 1, 1, 0, 0);
        Trace trace = read(capture.bytes());
        assertThat(trace.kernels().size()).isEqualTo(2);
        assertThat(trace.kernels().startNs(1)).isEqualTo(25);
    }

    @Test
    void aNewerFormatIsRefusedInOneLine() {
        assertThatThrownBy(() -> read(new CaptureBytes(2).begin().bytes()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("a capture of format 2");
    }

    @Test
    void anEmptyOneSaysWhatToDo() {
        assertThatThrownBy(() -> read(new CaptureBytes().begin().bytes()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("neither GPU work nor ranges");
    }

    @Test
    void callsWithoutAnyKernelAreLoud() throws IOException {
        Trace trace = read(new CaptureBytes()
                .begin()
                .record(Tag.CALL, 423, signed(10), signed(5), signed(7), signed(1), 0)
                .bytes());
        assertThat(warned(trace, "kernels-not-recorded")).isOne();
        assertThat(trace.source().missing()).contains("GPU kernels");
    }

    @Test
    void aClockThatWasSetIsSaid() throws IOException {
        Trace trace = read(kernels(new CaptureBytes().begin(), 1000)
                .record(Tag.ANCHOR, 1_000_000, 1_700_000_060_000_000_000L, 20)
                .bytes());
        assertThat(warned(trace, "clock-set")).isOne();
        assertThat(trace.source().utcEpochNs()).hasValue(1_700_000_000_000_000_000L);
    }

    @Test
    void timesBeyondReasonAndUnknownTextsAreCounted() throws IOException {
        Trace trace = read(new CaptureBytes()
                .begin()
                .record(Tag.KERNEL, signed(Long.MAX_VALUE), signed(7), 0, 1, 7, signed(1), 1, 1, 1, 1, 1, 1, 1, 0, 0)
                .record(Tag.KERNEL, signed(20), signed(7), 0, 1, 7, signed(1), 1L << 40, 1, 1, 1, 1, 1, 1, 0, 0)
                .record(Tag.CALL, 423, signed(10), signed(5), signed(7), signed(1), 0)
                .bytes());
        assertThat(warned(trace, "bad-times")).isPositive();
        assertThat(warned(trace, "missing-strings")).isPositive();
    }

    @Test
    void packedOnesAreReadAndTheirDamageIsSaid() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(whole());
        }
        assertThat(read(packed.toByteArray()).log().warnings()).isEmpty();
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 20);
        assertThat(warned(read(cut), "input-cut")).isOne();
    }

    /** Marks all over, each of which promises a long chunk: the reader must not sum each of them. */
    @Test
    void aFileOfMarksEndsSoon() {
        byte[] bytes = Arrays.copyOf(whole(), 8 << 20);
        for (int at = 1000; at + 20 < bytes.length; at += 20) {
            System.arraycopy(new byte[] {'B', 'T', 'c', 'k', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0}, 0, bytes, at, 16);
        }
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Trace trace = read(bytes);
            assertThat(warned(trace, "input-cut")).isOne();
        });
    }

    /** Seeded damage of all sorts, with sums made right again for half of it, so that records themselves are damaged. */
    @Test
    void everyMutantEndsInATraceOrOneClearLine() throws IOException {
        List<byte[]> originals = List.of(whole(), Files.readAllBytes(RECORDED));
        for (long seed = 0; seed < MUTANTS; seed++) {
            Random random = Seeds.random(seed);
            byte[] mutant = originals.get(random.nextInt(originals.size())).clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            mutant = random.nextInt(4) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
            if (random.nextBoolean()) {
                CaptureSums.makeRight(mutant);
            }
            tryMutant(mutant, seed);
        }
    }

    private void tryMutant(byte[] mutant, long seed) throws IOException {
        Path file = Files.write(folder.resolve("mutant.btcap"), mutant);
        try {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> Analyzer.analyze(List.of(file), AnalysisOptions.defaults()));
        } catch (UnusableInputException e) {
            assertThat(e.getMessage())
                    .as("seed %d", seed)
                    .contains("mutant.btcap: ")
                    .doesNotContainPattern("[\\p{Cntrl}]");
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }
}
