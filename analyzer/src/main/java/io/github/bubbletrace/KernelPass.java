package io.github.bubbletrace;

import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.Extract;
import io.github.bubbletrace.pipeline.FileClock;
import io.github.bubbletrace.pipeline.Fleet;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads the inputs of an analysis once more for their kernels, which the analysis itself does not keep: one file at a
 * time, so that memory is bounded by the largest.
 */
public final class KernelPass {

    /** No kernels. */
    public static final KernelPass NONE = new KernelPass(List.of(), null, AnalysisOptions.defaults());

    private final List<Path> files;
    private final Fleet fleet;
    private final AnalysisOptions options;

    KernelPass(List<Path> files, Fleet fleet, AnalysisOptions options) {
        this.files = files;
        this.fleet = fleet;
        this.options = options;
    }

    /** Is given every kernel. */
    public interface Visitor {

        /**
         * One kernel; those of a file come by their start.
         *
         * @param rank rank of its process
         * @param gpu the process's ordinal of its GPU
         * @param stream stream it ran on
         * @param name its short name
         * @param startNs start in nanoseconds of the document's axis
         * @param endNs end of the same
         */
        void kernel(int rank, int gpu, int stream, String name, long startNs, long endNs) throws IOException;
    }

    /**
     * Shows {@code visitor} the kernels of all inputs, file by file.
     *
     * @throws IOException where the visitor does
     * @throws UnusableInputException where a file cannot be read again, or is not what it was
     */
    public void forEach(Visitor visitor) throws IOException {
        for (int file = 0; file < files.size(); file++) {
            Path path = files.get(file);
            Trace trace = TraceFormat.of(path).reader(options.timeUnit()).read(path);
            requireSame(trace, fleet.files().get(file));
            forEach(trace, file, visitor);
        }
    }

    private void forEach(Trace trace, int file, Visitor visitor) throws IOException {
        KernelTable kernels = trace.kernels();
        FileClock clock = fleet.clocks().of(file);
        String[] names = names(trace);
        long[] startNs = new long[kernels.size()];
        Arrays.setAll(startNs, kernels::startNs);
        for (int k : RadixOrder.of(startNs)) {
            visitor.kernel(
                    fleet.ranks().of(file, kernels.process(k)),
                    kernels.gpu(k),
                    kernels.stream(k),
                    names[kernels.name(k)],
                    clock.at(startNs[k]),
                    clock.at(kernels.endNs(k)));
        }
    }

    private String[] names(Trace trace) {
        UnaryOperator<String> shown =
                options.isRedacted() ? Redaction.of(fleet.files())::text : UnaryOperator.identity();
        String[] names = new String[trace.strings().size()];
        Arrays.setAll(names, id -> shown.apply(trace.strings().get(id)));
        return names;
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
