package io.github.bubbletrace.cli;

/** Entry point of the runnable jar. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] args) {
        // The pictures are drawn in memory; a display, where one is set, may not even be reachable.
        System.setProperty("java.awt.headless", "true");
        int status = CommandLineTool.run(System.out, System.err, Terminal.isWatched(System.getenv()), args);
        System.out.flush();
        System.exit(status);
    }
}
