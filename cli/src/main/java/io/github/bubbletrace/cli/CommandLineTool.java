package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.reports.text.OneLine;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Parses and runs a command line; every error becomes one line on the error stream and an exit status. */
final class CommandLineTool {

    private static final String NAME = "bubbletrace: ";

    private static final String MORE_MEMORY = "BUBBLETRACE_JAVA_OPTS=-Xmx8g";

    private CommandLineTool() {}

    /** Runs {@code args} and returns the exit status; nobody watches the progress. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return run(out, err, false, args);
    }

    /** Runs {@code args} and returns the exit status; where {@code err} is watched, it shows the progress meanwhile. */
    static int run(PrintStream out, PrintStream err, boolean isWatched, String... args) {
        return run(utf8(out), utf8(err), isWatched, args);
    }

    /** The same with writers. */
    static int run(PrintWriter out, PrintWriter err, boolean isWatched, String... args) {
        CommandLine commandLine = new RootCommand(isWatched)
                .commandLine(args)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, rest) -> misuse(e))
                .setExecutionExceptionHandler((e, command, result) -> failure(e, command));
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            err.println(NAME + "out of memory; give Java more, as in " + MORE_MEMORY);
            return ExitStatus.UNUSABLE;
        } catch (StackOverflowError e) {
            return failure(new IllegalStateException("stack overflow", e), commandLine);
        }
    }

    /** Not the platform's encoding: documents are UTF-8 wherever they go. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int misuse(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        command.getErr().println(NAME + OneLine.of(e.getMessage()) + "; see " + help);
        return ExitStatus.UNUSABLE;
    }

    private static int failure(Exception e, CommandLine command) {
        if (e instanceof UnusableInputException) {
            command.getErr().println(NAME + OneLine.of(e.getMessage()));
            trace(e, command);
            return ExitStatus.UNUSABLE;
        }
        command.getErr().println(NAME + "internal error: " + OneLine.of(e.toString()) + "; please report this");
        trace(e, command);
        return ExitStatus.FAULT;
    }

    private static void trace(Exception e, CommandLine command) {
        if (Boolean.getBoolean("bubbletrace.debug") || "1".equals(System.getenv("BUBBLETRACE_DEBUG"))) {
            e.printStackTrace(command.getErr());
        }
    }
}
