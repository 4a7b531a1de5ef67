package io.github.bubbletrace.format.capture;

import static io.github.bubbletrace.format.capture.CaptureBytes.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.trace.ApiCallTable;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of which nothing is made still move the host time, correlation and thread that later records count from. */
class SkippedRecordsTest {

    private static final long HOST_NS = 1000;
    private static final long THREADS = 3;
    private static final int CORRELATIONS = 40;

    @TempDir
    private Path folder;

    @Test
    void synchronisations() throws IOException {
        assertMoves(SkippedRecordsTest::synchronisation, 1, 0, CORRELATIONS);
    }

    @Test
    void overheads() throws IOException {
        assertMoves(SkippedRecordsTest::overhead, 1, THREADS, 0);
    }

    @Test
    void allocations() throws IOException {
        assertMoves(SkippedRecordsTest::memory, 1, 0, CORRELATIONS);
    }

    @Test
    void allOfThemInOneChunk() throws IOException {
        assertMoves(capture -> memory(overhead(synchronisation(capture))), 3, THREADS, 2 * CORRELATIONS);
    }

    @Test
    void theNextChunkCountsFromNothing() throws IOException {
        ApiCallTable calls = read(capture -> synchronisation(capture).chunk()).calls();
        assertThat(calls.startNs(1)).isEqualTo(10);
        assertThat(calls.correlation(1)).isEqualTo(2);
    }

    /** The call after {@code skipped}, and its kernel, lie where their own differences put them beyond the skipped ones. */
    private void assertMoves(UnaryOperator<CaptureBytes> skipped, int records, long threads, int correlations)
            throws IOException {
        Trace trace = read(skipped);
        ApiCallTable calls = trace.calls();
        assertThat(calls.size()).isEqualTo(2);
        assertThat(calls.startNs(0)).isEqualTo(100);
        assertThat(calls.startNs(1)).isEqualTo(100 + records * HOST_NS + 10);
        assertThat(calls.correlation(1) - calls.correlation(0)).isEqualTo(correlations + 2);
        assertThat(calls.thread(1) == calls.thread(0)).isEqualTo(threads == 0);
        assertThat(trace.kernels().startNs(0)).as("GPU time").isEqualTo(5000);
        assertThat(trace.kernels().correlation(0)).isEqualTo(calls.correlation(1));
    }

    private Trace read(UnaryOperator<CaptureBytes> skipped) throws IOException {
        CaptureBytes capture = new CaptureBytes().begin().text(Tag.STRING, 1, "gemm");
        capture.record(Tag.CALL, 423, signed(100), 5, signed(7), signed(1), 0);
        skipped.apply(capture).record(Tag.CALL, 423, signed(10), 5, signed(0), signed(2), 0);
        capture.record(Tag.KERNEL, signed(5000), signed(7), 0, 1, 7, signed(0), 1, 1, 1, 1, 128, 1, 1, 0, 0);
        return new CaptureReader().read(Files.write(folder.resolve("x.btcap"), capture.bytes()));
    }

    private static CaptureBytes synchronisation(CaptureBytes capture) {
        return capture.record(Tag.SYNCHRONISATION, 1, signed(HOST_NS), 300, signed(CORRELATIONS), 1, 7, 0);
    }

    private static CaptureBytes overhead(CaptureBytes capture) {
        return capture.record(Tag.OVERHEAD, 1, signed(HOST_NS), 300, signed(THREADS));
    }

    private static CaptureBytes memory(CaptureBytes capture) {
        return capture.record(Tag.MEMORY, 1, 3, signed(HOST_NS), 0, 4096, 64, 0, 1, 7, signed(CORRELATIONS));
    }
}
