package io.github.bubbletrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether the error stream is a terminal that somebody watches. */
final class Terminal {

    /** Set by the launcher: 1 where the error stream is a terminal. */
    private static final String TOLD = "BUBBLETRACE_TTY";

    private static final Path ERRORS = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /**
     * Whether it is, by what the launcher says, else by where the stream leads. Java's own console would ask for a terminal
     * at the input and the output too.
     */
    static boolean isWatched(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM"))) {
            return false;
        }
        String told = environment.get(TOLD);
        return told == null ? leadsToTerminal() : told.equals("1");
    }

    private static boolean leadsToTerminal() {
        try {
            String target = Files.readSymbolicLink(ERRORS).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
