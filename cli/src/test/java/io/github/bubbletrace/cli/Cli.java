package io.github.bubbletrace.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command line came to.
 *
 * @param status exit status
 * @param out all of the standard output
 * @param err all of the error stream
 */
record Cli(int status, String out, String err) {

    /** Runs the words of {@code line}, then {@code more} as they are. */
    static Cli run(String line, Object... more) {
        return run(false, line, more);
    }

    /** The same with somebody at the error stream. */
    static Cli runWatched(String line, Object... more) {
        return run(true, line, more);
    }

    /** Lines of the error stream. */
    List<String> errors() {
        return err.lines().toList();
    }

    private static Cli run(boolean isWatched, String line, Object... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = Stream.concat(
                        Arrays.stream(line.split(" ")), Arrays.stream(more).map(Object::toString))
                .toArray(String[]::new);
        int status = CommandLineTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isWatched,
                args);
        return new Cli(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
