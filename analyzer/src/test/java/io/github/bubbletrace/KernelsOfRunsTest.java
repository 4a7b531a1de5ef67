package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.KernelSource;
import io.github.bubbletrace.analysis.KernelTotal;
import io.github.bubbletrace.analysis.KernelTotal.OnDevice;
import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.format.TraceFiles;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.Extractor;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beneath the tasks of simulated runs: kernels, their sums, transfers by pair. */
class KernelsOfRunsTest {

    private static final int PER_TASK = 5;
    private static final int STAGES = 4;
    private static final int MICRO_BATCHES = 8;
    private static final long TRANSFER_NS = 150_000;
    private static final IntervalSet ALWAYS = IntervalSet.of(-1L << 60, 1L << 60);

    @TempDir
    private Path folder;

    private Path simulated(int seed) throws IOException {
        TaskTimes times = new TaskTimes(1_200_000, 2_400_000, OptionalLong.empty());
        SimulationSpec spec = SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, MICRO_BATCHES), times)
                .iterations(3)
                .kernels(PER_TASK)
                .jitter(seed == 0 ? 0 : 0.1)
                .seed(seed)
                .transfer(TRANSFER_NS)
                .build();
        Path file = folder.resolve("run.sqlite");
        NsysWriter.write(Simulation.run(spec), file);
        return file;
    }

    private record Kernel(int rank, int gpu, int stream, String name, long launchNs, long startNs, long endNs) {}

    private static List<Kernel> kernels(KernelSource source, IntervalSet times) throws IOException {
        List<Kernel> kernels = new ArrayList<>();
        source.forEach(
                times,
                (rank, gpu, stream, name, launch, start, end) ->
                        kernels.add(new Kernel(rank, gpu, stream, name, launch, start, end)));
        return kernels;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void kernelsReadAgainAreTheOnesThatWereKept(int seed) throws IOException {
        List<Path> files = TraceFiles.expand(List.of(simulated(seed)));
        AnalysisOptions options = AnalysisOptions.defaults();
        Extract extract =
                Extractor.extract(TraceFormat.of(files.get(0)).reader(null).read(files.get(0)), new LabelParser(null));
        List<Kernel> kept = kernels(new KernelPass(files, Fleet.merge(List.of(extract)), options), ALWAYS);
        List<Kernel> again =
                kernels(new KernelPass(files, Fleet.merge(List.of(extract.withoutKernels())), options), ALWAYS);
        assertThat(kept).hasSize((int) extract.counts().kernels()).isEqualTo(again);
        assertThat(extract.kernels().bytes()).isGreaterThan(40L * kept.size());
    }

    @Test
    void onlyKernelsThatRunInTheTimesAreShown() throws IOException {
        Analysis analysis = Analyzer.analyze(List.of(simulated(1)), AnalysisOptions.defaults());
        KernelSource source = analysis.details().kernels();
        IterationAnalysis middle = analysis.pipelines().get(0).iterations().get(1);
        List<Kernel> within = kernels(source, IntervalSet.of(middle.startNs(), middle.endNs()));
        assertThat(within)
                .isNotEmpty()
                .isEqualTo(kernels(source, ALWAYS).stream()
                        .filter(k -> k.startNs() < middle.endNs() && k.endNs() > middle.startNs())
                        .toList());
        assertThat(within.stream().filter(k -> KernelKind.of(k.name()) == KernelKind.COMPUTE))
                .hasSize(STAGES * MICRO_BATCHES * 2 * PER_TASK)
                .allSatisfy(kernel -> assertThat(kernel.launchNs()).isBetween(0L, kernel.startNs()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 7})
    void totalsAreTheSumsOfTheKernels(int seed) throws IOException {
        Analysis analysis = Analyzer.analyze(List.of(simulated(seed)), AnalysisOptions.defaults());
        List<Kernel> all = kernels(analysis.details().kernels(), ALWAYS);
        List<KernelTotal> totals = analysis.details().kernelTotals();
        assertThat(totals.stream().mapToLong(KernelTotal::count).sum()).isEqualTo(all.size());
        for (KernelTotal total : totals) {
            List<Kernel> own =
                    all.stream().filter(k -> k.name().equals(total.name())).toList();
            assertThat(total.count()).isEqualTo(own.size());
            assertThat(total.totalNs())
                    .isEqualTo(
                            own.stream().mapToLong(k -> k.endNs() - k.startNs()).sum())
                    .isEqualTo(total.devices().stream()
                            .mapToLong(OnDevice::totalNs)
                            .sum());
            assertThat(total.kind()).isEqualTo(KernelKind.of(total.name()));
            for (int d = 0; d < STAGES; d++) {
                int rank = analysis.devices().get(d).rank();
                assertThat(total.devices().get(d).count())
                        .isEqualTo(own.stream().filter(k -> k.rank() == rank).count());
            }
        }
    }

    /** Without jitter every transfer takes the same time, and m pass each way in every iteration. */
    @Test
    void transfersByPairAreThoseOfTheSimulation() throws IOException {
        Analysis analysis = Analyzer.analyze(List.of(simulated(0)), AnalysisOptions.defaults());
        List<PairTransfers> pairs = analysis.pipelines().get(0).transfers();
        assertThat(pairs).hasSize(2 * (STAGES - 1));
        for (PairTransfers pair : pairs) {
            assertThat(Math.abs(pair.from() - pair.to())).isEqualTo(1);
            assertThat(pair.count()).isEqualTo(3L * MICRO_BATCHES);
            assertThat(pair.estimated()).isZero();
            assertThat(List.of(pair.medianNs(), pair.p95Ns())).containsOnly(TRANSFER_NS);
            assertThat(pair.totalNs()).isEqualTo(pair.count() * TRANSFER_NS);
            assertThat(pair.exposedNs()).isBetween(1L, pair.totalNs());
        }
    }

    /** A transfer is exposed as far as its receiver is idle: a sweep over every nanosecond's owner says the same. */
    @Test
    void exposedTimeIsWhatTheReceiverIsIdleMeanwhile() throws IOException {
        Analysis analysis = Analyzer.analyze(List.of(simulated(3)), AnalysisOptions.defaults());
        for (PairTransfers pair : analysis.pipelines().get(0).transfers()) {
            long exposed = 0;
            for (IterationAnalysis iteration : analysis.pipelines().get(0).iterations()) {
                exposed += IntStream.range(0, iteration.transfers().size())
                        .filter(i -> joins(iteration, i, pair))
                        .mapToLong(i -> exposedNs(iteration, i))
                        .sum();
            }
            assertThat(pair.exposedNs()).isEqualTo(exposed);
        }
    }

    private static boolean joins(IterationAnalysis iteration, int transfer, PairTransfers pair) {
        List<DeviceAnalysis> devices = iteration.devices();
        return !iteration.skipped()
                && devices.get(iteration.transfers().sourceDevice(transfer)).stage() == pair.from()
                && devices.get(iteration.transfers().targetDevice(transfer)).stage() == pair.to();
    }

    private static long exposedNs(IterationAnalysis iteration, int transfer) {
        var idle = iteration
                .devices()
                .get(iteration.transfers().targetDevice(transfer))
                .idle();
        long exposed = 0;
        for (int i = 0; i < idle.size(); i++) {
            long from = Math.max(idle.startNs(i), iteration.transfers().startNs(transfer));
            long to = Math.min(idle.endNs(i), iteration.transfers().endNs(transfer));
            exposed += Math.max(0, to - from);
        }
        return exposed;
    }
}
