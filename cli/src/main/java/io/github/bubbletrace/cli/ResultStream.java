package io.github.bubbletrace.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's result goes: the standard output. */
final class ResultStream {

    private ResultStream() {}

    /** Prints {@code text} as it is. */
    static void print(CommandSpec spec, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
