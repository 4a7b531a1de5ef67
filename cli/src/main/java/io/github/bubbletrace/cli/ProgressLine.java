package io.github.bubbletrace.cli;

import io.github.bubbletrace.ReadListener;
import io.github.bubbletrace.reports.text.OneLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far the reading has come; nothing of it stays. It has no colours. */
final class ProgressLine implements ReadListener {

    private static final int WIDTH = 78;
    private static final double MEGABYTE = 1e6;

    /** A line changes no more often. */
    private static final long PAUSE_NS = 100_000_000;

    private final PrintWriter err;
    private final LongSupplier clockNs;
    private long shownNs;
    private boolean isShown;
    private int files;
    private int filesDone;
    private long bytes;
    private long bytesDone;
    private final Map<Path, Reading> open = new HashMap<>();

    /** A file on its way: what is read twice counts once. */
    private static final class Reading {

        private final long bytes;
        private long done;

        Reading(long bytes) {
            this.bytes = bytes;
        }

        long add(long more) {
            long counted = Math.min(more, rest());
            done += counted;
            return counted;
        }

        long rest() {
            return bytes - done;
        }
    }

    /** A line on {@code err}; {@code clockNs} tells the time in nanoseconds. */
    ProgressLine(PrintWriter err, LongSupplier clockNs) {
        this.err = err;
        this.clockNs = clockNs;
    }

    @Override
    public synchronized void planned(int newFiles, long newBytes) {
        files = newFiles;
        bytes = newBytes;
    }

    @Override
    public synchronized void started(Path file, long fileBytes) {
        open.put(file, new Reading(fileBytes));
        show("reading " + file.getFileName(), !isShown);
    }

    @Override
    public synchronized void read(Path file, long moreBytes) {
        Reading reading = open.get(file);
        if (reading != null) {
            bytesDone += reading.add(moreBytes);
            show("reading " + file.getFileName(), false);
        }
    }

    @Override
    public synchronized void finished(Path file) {
        Reading reading = open.remove(file);
        bytesDone += reading == null ? 0 : reading.rest();
        filesDone++;
        boolean all = filesDone == files;
        show(all ? "analysing" : "read " + file.getFileName(), all);
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (isShown) {
            print("");
            err.print('\r');
            err.flush();
            isShown = false;
        }
    }

    private void show(String what, boolean now) {
        long timeNs = clockNs.getAsLong();
        if (now || timeNs - shownNs >= PAUSE_NS) {
            shownNs = timeNs;
            isShown = true;
            print(String.format(
                    Locale.ROOT,
                    "%d of %d files, %.1f of %.1f MB: %s",
                    filesDone,
                    files,
                    bytesDone / MEGABYTE,
                    bytes / MEGABYTE,
                    what));
        }
    }

    private void print(String text) {
        String line = OneLine.of(text);
        String cut = line.substring(0, Math.min(WIDTH, line.length()));
        err.print('\r' + cut + " ".repeat(WIDTH - cut.length()));
        err.flush();
    }
}
