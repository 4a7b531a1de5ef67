package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Shows on the error stream how far the reading has come, where somebody watches it. */
final class Watched {

    private Watched() {}

    /** The result of {@code job}, run with {@code options} and the progress shown meanwhile. */
    static <T> T run(CommandSpec spec, AnalysisOptions options, Function<AnalysisOptions, T> job) {
        boolean isWatched = spec.root().userObject() instanceof RootCommand root && root.isWatched();
        if (!isWatched) {
            return job.apply(options);
        }
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), System::nanoTime);
        try {
            return job.apply(options.withListener(line));
        } finally {
            line.clear();
        }
    }
}
