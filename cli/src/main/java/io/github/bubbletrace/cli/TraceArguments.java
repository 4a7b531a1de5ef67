package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The traces, and what the user says about them: the same for every command that reads traces. */
final class TraceArguments {

    @Parameters(paramLabel = "TRACE", arity = "1..*", description = "A trace, or a folder of them: one per rank.")
    private List<Path> traces = new ArrayList<>();

    @Mixin
    private ReadingArguments reading;

    List<Path> traces() {
        return List.copyOf(traces);
    }

    AnalysisOptions options() {
        return reading.options();
    }
}
