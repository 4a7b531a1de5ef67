import com.sun.management.OperatingSystemMXBean;
import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Analyses a trace once and prints how long its section of what-ifs took, as a user pays it who runs it once: seconds of the
 * clock, then of the processor on all threads of the process, the compiler's and the collector's among them.
 */
final class WhatIfSpeed {

    private WhatIfSpeed() {}

    public static void main(String[] args) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Analysis analysis = Analyzer.analyze(List.of(Path.of(args[0])), AnalysisOptions.defaults());
        long began = System.nanoTime();
        long before = system.getProcessCpuTime();
        int changes = analysis.whatIf().get().changes().size();
        long after = system.getProcessCpuTime();
        long ended = System.nanoTime();
        if (changes == 0) {
            throw new IllegalStateException("no change was replayed");
        }
        System.out.printf("%.4f %.4f%n", (ended - began) / 1e9, (after - before) / 1e9);
    }
}
