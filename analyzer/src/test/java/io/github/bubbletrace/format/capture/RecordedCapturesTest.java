package io.github.bubbletrace.format.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Captures that the hook library recorded, of every version of the format: they stay readable for ever. */
class RecordedCapturesTest {

    private static final Path FORMAT_1 = Path.of("src/test/resources/captures/format-1");

    @Test
    void aPipelineOfFourCapturesIsWhatItsScriptDid() {
        List<Path> ranks = IntStream.range(0, 4)
                .mapToObj(r -> FORMAT_1.resolve("rank" + r + ".btcap"))
                .toList();
        Analysis analysis = Analyzer.analyze(ranks, AnalysisOptions.defaults());
        PipelineAnalysis pipeline = analysis.pipelines().get(0);
        assertThat(pipeline.schedule().kind()).isEqualTo("1f1b");
        assertThat(pipeline.stages()).isEqualTo(4);
        assertThat(pipeline.iterations()).hasSize(3).allSatisfy(it -> {
            assertThat(it.windowNs()).isEqualTo((8 + 4 - 1) * 3_000_000L);
            assertThat(it.devices()).extracting(DeviceAnalysis::busyNs).containsOnly(8 * 3_000_000L);
        });
        assertThat(pipeline.totals().bubble()).isEqualTo(pipeline.totals().closedFormBubble());
        assertThat(analysis.inputs()).extracting(InputSummary::kernels).containsOnly(96L);
        assertThat(analysis.inputs()).extracting(InputSummary::apiCalls).containsOnly(96L);
        assertThat(analysis.inputs()).extracting(InputSummary::unmatchedKernels).containsOnly(0L);
        assertThat(analysis.inputs())
                .extracting(InputSummary::producer)
                .containsOnly("bubbletrace-hooks 0.1.0, CUPTI 130001");
    }

    @Test
    void everyKindOfRecordIsReadOrSkipped() {
        Trace trace = new CaptureReader().read(FORMAT_1.resolve("every-record.btcap"));
        assertThat(IntStream.range(0, trace.kernels().size())
                        .mapToObj(k -> trace.strings().get(trace.kernels().name(k))))
                .containsExactly("cutlass::Kernel", "ncclDevKernel_SendRecv", "CUDA graph");
        assertThat(trace.kernels().kind(1)).isEqualTo(KernelKind.P2P);
        assertThat(trace.kernels().endNs(1) - trace.kernels().startNs(1)).isEqualTo(1000);
        assertThat(trace.kernels().correlation(1)).isEqualTo(12);
        assertThat(IntStream.range(0, trace.copies().size())
                        .mapToObj(c -> trace.copies().kind(c)))
                .containsExactly(CopyKind.HOST, CopyKind.LOCAL, CopyKind.PEER, CopyKind.LOCAL);
        assertThat(IntStream.range(0, trace.copies().size())
                        .mapToLong(c -> trace.copies().bytes(c)))
                .containsExactly(4096L, 4096L, 1_048_576L, -1L);
        assertThat(trace.memoryCopies()).isEqualTo(3);
        assertThat(trace.calls().size()).isEqualTo(2);
        assertThat(IntStream.range(0, trace.ranges().size())
                        .mapToObj(r -> trace.strings().get(trace.ranges().text(r))))
                .containsExactly("it=0 stage=0 mb=0 phase=F", "never closed");
        assertThat(trace.source().host()).isEqualTo("node0");
        assertThat(trace.source().rank()).hasValue(0);
        assertThat(trace.source().worldSize()).hasValue(1);
        assertThat(trace.source().utcEpochNs()).isPresent();
        assertThat(trace.log().warnings())
                .extracting(Warning::code, Warning::count)
                .contains(
                        tuple("records-lost", 3L),
                        tuple("records-incomplete", 1L),
                        tuple("open-ranges", 1L),
                        tuple("graph-launches", 1L))
                .doesNotContain(tuple("capture-not-ended", 1L));
    }
}
