package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traffic that is no pipeline's is not taken for one. */
class NoPipelineTest {

    private static final int STEPS = 24;

    private enum Traffic {
        /** Context parallelism: everybody passes on to the next, in kernels of their own. */
        RING,
        /** The same in one kernel. */
        FUSED_RING,
        /** Expert parallelism. */
        ALL_TO_ALL,
        /** Data parallelism. */
        ALL_REDUCE,
        /** Neighbours exchange what lies at their borders. */
        HALO,
        /** The same by copies. */
        COPIES
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingIsInvented(Traffic traffic) throws Exception {
        requireNone(traffic, false);
    }

    /** The same where nothing says whether kernels send or receive. */
    @ParameterizedTest
    @EnumSource
    void nothingIsInventedOfSilentKernels(Traffic traffic) throws Exception {
        requireNone(traffic, true);
    }

    private void requireNone(Traffic traffic, boolean silent) throws Exception {
        for (int devices : new int[] {2, 3, 4, 8}) {
            for (boolean jitter : new boolean[] {false, true}) {
                Path trace = folder.resolve(traffic + "-" + devices + jitter + ".sqlite");
                ExportBuilder export = write(traffic, devices, jitter);
                if (silent) {
                    export.statement("DELETE FROM NVTX_EVENTS WHERE text LIKE 'nccl%'");
                }
                Analysed analysed = Analysed.of(export.write(trace));
                assertThat(analysed.analysis().pipelines())
                        .as("%s of %d devices, jitter %s", traffic, devices, jitter)
                        .isEmpty();
                assertThat(analysed.warned("no-pipeline")).isEqualTo(1);
            }
        }
    }

    private static ExportBuilder write(Traffic traffic, int devices, boolean jitter) {
        Random random = Seeds.random(devices);
        ExportBuilder export = new ExportBuilder();
        List<ExportThread> ranks = new ArrayList<>();
        ExportThread single = traffic == Traffic.COPIES ? export.process(100).main() : null;
        for (int rank = 0; rank < devices; rank++) {
            ranks.add(single == null ? export.process(100 + rank).rank(rank).main() : single);
        }
        long[] free = new long[devices];
        for (int step = 0; step < STEPS; step++) {
            for (int rank = 0; rank < devices; rank++) {
                for (int k = 0; k < 4; k++) {
                    long end = free[rank] + (jitter ? 80 + random.nextInt(40) : 100) * US;
                    ranks.get(rank)
                            .kernel(single == null ? 0 : rank, 7, ExportThread.GEMM, free[rank], free[rank], end);
                    free[rank] = end;
                }
            }
            exchange(traffic, ranks, free);
        }
        return export;
    }

    private static void exchange(Traffic traffic, List<ExportThread> ranks, long[] free) {
        int devices = free.length;
        long[] ready = free.clone();
        long all = 0;
        for (long time : ready) {
            all = Math.max(all, time + 40 * US);
        }
        for (int rank = 0; rank < devices; rank++) {
            int next = (rank + 1) % devices;
            int before = (rank + devices - 1) % devices;
            long sent = Math.max(ready[rank], ready[next]) + 30 * US;
            long received = Math.max(ready[rank], ready[before]) + 30 * US;
            long both = Math.max(sent, received);
            ExportThread thread = ranks.get(rank);
            switch (traffic) {
                case RING -> {
                    call(thread, "ncclSend", 20, ready[rank], sent);
                    call(thread, "ncclRecv", 21, ready[rank] + US, received);
                }
                case FUSED_RING -> group(thread, ready[rank], both);
                case ALL_TO_ALL -> group(thread, ready[rank], all);
                case ALL_REDUCE -> thread.kernel(0, 20, ExportThread.ALL_REDUCE, ready[rank], ready[rank], all);
                case HALO -> {
                    call(thread, "ncclSend", 20, ready[rank], sent);
                    call(thread, "ncclRecv", 21, ready[rank] + US, received);
                    if (devices > 2) {
                        call(thread, "ncclSend", 22, ready[rank] + 2 * US, received + US);
                        call(thread, "ncclRecv", 23, ready[rank] + 3 * US, sent + US);
                    }
                }
                case COPIES -> thread.peerCopy(rank, next, ready[rank], ready[rank] + 30 * US);
            }
            free[rank] = traffic == Traffic.ALL_TO_ALL || traffic == Traffic.ALL_REDUCE ? all : both + 5 * US;
        }
    }

    private static void call(ExportThread thread, String name, int stream, long startNs, long endNs) {
        thread.range(name, startNs, startNs + 10).sendRecv(0, stream, startNs, endNs);
    }

    private static void group(ExportThread thread, long startNs, long endNs) {
        thread.range("ncclSend", startNs - 40, startNs - 30)
                .range("ncclRecv", startNs - 25, startNs - 15)
                .range("ncclGroupEnd", startNs - 10, startNs + 10)
                .sendRecv(0, 20, startNs, endNs);
    }
}
