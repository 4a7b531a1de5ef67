import com.sun.management.OperatingSystemMXBean;
import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Analyses a trace once and prints the processor seconds that its section of what-ifs took in this process: all threads, the
 * compiler's and the collector's among them, as a user pays them who runs it once.
 */
final class WhatIfSpeed {

    private WhatIfSpeed() {}

    public static void main(String[] args) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Analysis analysis = Analyzer.analyze(List.of(Path.of(args[0])), AnalysisOptions.defaults());
        long before = system.getProcessCpuTime();
        int changes = analysis.whatIf().get().changes().size();
        long after = system.getProcessCpuTime();
        if (changes == 0) {
            throw new IllegalStateException("no change was replayed");
        }
        System.out.printf("%.4f%n", (after - before) / 1e9);
    }
}
