package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.format.UnusableInputException;
import java.nio.file.Path;
import java.util.List;

/** Reads traces and explains them. */
public final class Analyzer {

    private Analyzer() {}

    /**
     * Analyzes the traces together.
     *
     * @throws UnusableInputException where one of them cannot be used
     */
    public static Analysis analyze(List<Path> traces, AnalysisOptions options) {
        if (traces.isEmpty()) {
            return new Analysis(List.of(), List.of(), List.of(), List.of(), List.of());
        }
        throw unreadable(traces, options);
    }

    /**
     * Says what the traces hold.
     *
     * @throws UnusableInputException where one of them cannot be used
     */
    public static List<InputSummary> inspect(List<Path> traces, AnalysisOptions options) {
        if (traces.isEmpty()) {
            return List.of();
        }
        throw unreadable(traces, options);
    }

    private static UnusableInputException unreadable(List<Path> traces, AnalysisOptions options) {
        String kind = options.labelPattern() == null ? "not yet readable" : "not yet readable with a label pattern";
        return new UnusableInputException(traces.get(0).toString(), kind, "use a later version");
    }
}
