package io.github.bubbletrace.cli;

/** Entry point of the runnable jar. */
public final class Main {

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        System.exit(0);
    }
}
