package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.PairTransfers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much transfers move, and how fast. */
class TransferSizesTest {

    @TempDir
    private Path folder;

    /** A copy of 1,024 bytes in 32 us is 32 MB a second. */
    @Test
    void aPeerCopySaysItsSize() throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(100)
                .main()
                .task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .peerCopy(0, 1, 100 * US, 132 * US)
                .task("it=0 stage=1 mb=0 phase=F", 1, 132 * US, 232 * US);
        PairTransfers pair = only(Analysed.of(export.write(folder.resolve("t.sqlite"))));
        assertThat(pair.sized()).isEqualTo(1);
        assertThat(pair.medianBytes()).hasValue(1024);
        assertThat(pair.medianBytesPerSecond()).hasValue(32_000_000);
    }

    /** Two copies in one range are one transfer of both. */
    @Test
    void copiesOfOneRangeAreOneTransfer() throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(100)
                .main()
                .task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .range("send_forward mb=0", 100 * US, 132 * US)
                .peerCopy(0, 1, 100 * US, 116 * US)
                .peerCopy(0, 1, 116 * US, 132 * US)
                .task("it=0 stage=1 mb=0 phase=F", 1, 132 * US, 232 * US);
        assertThat(only(Analysed.of(export.write(folder.resolve("t.sqlite")))).medianBytes())
                .hasValue(2048);
    }

    @Test
    void aSpanLogSaysTheSizeOfItsSendsAndReceives() throws Exception {
        Path log = folder.resolve("spans.csv");
        Files.writeString(log, """
                stage,rank,step,optype,start_us,duration_us,mb,bytes
                0,0,0,forward-compute,0,100,0,
                0,0,0,forward-send,100,40,0,8000
                1,1,0,forward-recv,50,90,0,
                1,1,0,forward-compute,140,100,0,
                0,0,0,forward-compute,140,100,1,
                1,1,0,forward-recv,241,39,1,
                1,1,0,forward-compute,280,100,1,
                """);
        PairTransfers pair = only(Analysed.of(log));
        assertThat(pair.count()).isEqualTo(2);
        assertThat(pair.sized()).isEqualTo(1);
        assertThat(pair.medianBytes()).hasValue(8000);
        assertThat(pair.medianBytesPerSecond()).hasValue(200_000_000);
    }

    @Test
    void withoutSizesNothingIsSaid() throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(100)
                .rank(0)
                .main()
                .task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .sendRecv(0, 20, 100 * US, 130 * US);
        export.process(200)
                .rank(1)
                .main()
                .sendRecv(0, 20, 90 * US, 130 * US)
                .task("it=0 stage=1 mb=0 phase=F", 0, 130 * US, 230 * US);
        PairTransfers pair = only(Analysed.of(export.write(folder.resolve("t.sqlite"))));
        assertThat(pair.count()).isEqualTo(1);
        assertThat(pair.sized()).isZero();
        assertThat(List.of(pair.medianBytes(), pair.medianBytesPerSecond())).containsOnly(OptionalLong.empty());
    }

    private static PairTransfers only(Analysed analysed) {
        assertThat(analysed.pipeline().transfers()).hasSize(1);
        return analysed.pipeline().transfers().get(0);
    }
}
