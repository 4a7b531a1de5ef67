package io.github.bubbletrace.agent.core;

import java.util.Timer;
import java.util.TimerTask;

/** Begins the next part of a recording now and then, until it is closed or the JVM ends. */
final class Rotation implements AutoCloseable {

    private final Timer timer = new Timer("bubbletrace-rotation", true);
    private final Thread atExit;
    private String said = "";

    /**
     * Calls {@code next} every {@code periodMillis}, and {@code end} when the JVM ends before this is closed. What these
     * throw is said once, in one line.
     */
    Rotation(long periodMillis, Runnable next, Runnable end) {
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                attempt(next);
            }
        };
        atExit = new Thread(() -> attempt(end), "bubbletrace-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        timer.scheduleAtFixedRate(task, periodMillis, periodMillis);
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            String text = String.valueOf(e.getMessage());
            if (!text.equals(said)) {
                said = text;
                System.err.println("bubbletrace: agent: " + text.replaceAll("\\s+", " "));
            }
        }
    }

    @Override
    public void close() {
        timer.cancel();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM ends already.
        }
    }
}
