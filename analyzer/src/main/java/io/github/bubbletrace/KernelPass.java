package io.github.bubbletrace;

import io.github.bubbletrace.analysis.KernelSource;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.KeptKernels;
import io.github.bubbletrace.pipeline.extract.Lane;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The kernels of the inputs of an analysis. Files whose kernels were dropped are read once more, one at a time, so that
 * memory is bounded by the largest.
 */
final class KernelPass implements KernelSource {

    private final List<Path> files;
    private final Fleet fleet;
    private final AnalysisOptions options;
    private final UnaryOperator<String> shown;

    KernelPass(List<Path> files, Fleet fleet, AnalysisOptions options) {
        this.files = files;
        this.fleet = fleet;
        this.options = options;
        shown = options.isRedacted() ? Redaction.of(fleet.files())::text : UnaryOperator.identity();
    }

    @Override
    public void forEach(IntervalSet times, Visitor visitor) throws IOException {
        for (int file = 0; file < files.size(); file++) {
            KeptKernels kept = fleet.files().get(file).kernels();
            forEach(kept == null ? again(file) : kept, file, times, visitor);
        }
    }

    private KeptKernels again(int file) {
        Path path = files.get(file);
        Trace trace = TraceFormat.of(path).reader(options.timeUnit()).read(path);
        requireSame(trace, fleet.files().get(file));
        return KeptKernels.of(trace);
    }

    private void forEach(KeptKernels kernels, int file, IntervalSet times, Visitor visitor) throws IOException {
        FileClock clock = fleet.clocks().of(file);
        List<Lane> lanes = fleet.files().get(file).lanes();
        int[] ranks = lanes.stream()
                .mapToInt(lane -> fleet.ranks().of(file, lane.process()))
                .toArray();
        Map<String, String> names = new HashMap<>();
        for (int k : kernels.within(times.moved(clock.inverse()::at))) {
            visitor.kernel(
                    ranks[kernels.lane(k)],
                    lanes.get(kernels.lane(k)).gpu(),
                    kernels.stream(k),
                    names.computeIfAbsent(kernels.name(k), shown),
                    kernels.isLaunchKnown(k) ? clock.at(kernels.launchNs(k)) : UNKNOWN,
                    clock.at(kernels.startNs(k)),
                    clock.at(kernels.endNs(k)));
        }
    }

    /** Processes are known by their numbers, which hold only for the file that was analysed. */
    private static void requireSame(Trace again, Extract before) {
        boolean same = again.kernels().size() == before.counts().kernels()
                && again.processes().size() == before.processes().size();
        for (int process = 0; same && process < again.processes().size(); process++) {
            same = again.processes().pid(process) == before.processes().pid(process);
        }
        if (!same) {
            throw new UnusableInputException(
                    before.source().path(), "changed while it was analysed", "run the analysis again");
        }
    }
}
