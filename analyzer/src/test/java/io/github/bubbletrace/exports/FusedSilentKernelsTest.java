package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1F1B of two stages whose kernels in the steady state send an activation and receive a gradient at once. */
class FusedSilentKernelsTest {

    @TempDir
    private Path folder;

    /** Kernels that do not say that they do both leave open how many tasks there were: nothing, rather than a wrong order. */
    @ParameterizedTest(name = "{0} micro-batches, names {1}")
    @CsvSource({"2,true", "3,true", "4,true", "5,true", "6,true", "9,true", "3,false", "4,false", "5,false", "8,false"})
    void whatIsFoundIsRight(int microBatches, boolean names) throws Exception {
        Analysed analysed = Analysed.of(write(microBatches, names).write(folder.resolve("t.sqlite")));
        if (!analysed.analysis().pipelines().isEmpty()) {
            List<String> first = new ArrayList<>(List.of("0F0"));
            List<String> last = new ArrayList<>();
            for (int mb = 0; mb < microBatches; mb++) {
                if (mb + 1 < microBatches) {
                    first.add("0F" + (mb + 1));
                }
                first.add("0B" + mb);
                last.add("1F" + mb);
                last.add("1B" + mb);
            }
            assertThat(analysed.order(0, 0)).containsExactlyElementsOf(first);
            assertThat(analysed.order(0, 1)).containsExactlyElementsOf(last);
        } else {
            assertThat(analysed.warned("no-structure")).isEqualTo(1);
        }
    }

    private static ExportBuilder write(int microBatches, boolean names) {
        ExportBuilder export = new ExportBuilder();
        ExportThread first = export.process(100).rank(0).main();
        ExportThread last = export.process(200).rank(1).main();
        String backward = names ? "backward_gemm" : ExportThread.GEMM;
        compute(first, ExportThread.GEMM, 0, 100).sendRecv(0, 20, 100 * US, 120 * US);
        last.sendRecv(0, 20, 0, 120 * US);
        compute(first, ExportThread.GEMM, 120, 220);
        compute(last, ExportThread.GEMM, 120, 220);
        compute(last, backward, 220, 420);
        long end = 440;
        first.sendRecv(0, 20, 220 * US, end * US);
        last.sendRecv(0, 20, 420 * US, end * US);
        for (int mb = 1; mb < microBatches; mb++) {
            compute(last, ExportThread.GEMM, end, end + 100);
            compute(last, backward, end + 100, end + 300).sendRecv(0, 20, (end + 300) * US, (end + 320) * US);
            compute(first, backward, end, end + 200);
            boolean more = mb + 1 < microBatches;
            if (more) {
                compute(first, ExportThread.GEMM, end + 200, end + 300);
            }
            first.sendRecv(0, 20, (end + (more ? 300 : 200)) * US, (end + 320) * US);
            end += 320;
        }
        compute(first, backward, end, end + 200);
        return export;
    }

    private static ExportThread compute(ExportThread thread, String name, long fromUs, long toUs) {
        return thread.kernel(0, 7, name, fromUs * US, fromUs * US, toUs * US);
    }
}
