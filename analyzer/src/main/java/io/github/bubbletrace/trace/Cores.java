package io.github.bubbletrace.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Spreads work over the machine's cores; the caller's thread takes its share. */
public final class Cores {

    /** Fewer rows take less time than the start of a thread. */
    private static final int FEWEST_ROWS_A_PIECE = 1 << 16;

    private static final int PIECES_A_CORE = 2;

    private Cores() {}

    /**
     * Runs {@code work} once for each number from 0 below {@code parts}, in any order and several at a time; returns when
     * all are done. What one of them throws is thrown here, once the rest have stopped; parts not begun by then are
     * dropped.
     */
    public static void forEach(int parts, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            try {
                for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                    work.accept(part);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(parts);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(parts, Runtime.getRuntime().availableProcessors()); i++) {
            Thread helper = new Thread(worker, "bubbletrace-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        worker.run();
        helpers.forEach(Cores::join);
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Work on the rows from {@code first} to before {@code end}. */
    public interface Piece {

        /** Does it. */
        void run(int first, int end);
    }

    /** Runs {@code work} over {@code rows} rows in pieces, any order and several at a time, as {@link #forEach} does. */
    public static void split(int rows, Piece work) {
        int size = Math.max(
                FEWEST_ROWS_A_PIECE,
                rows / (PIECES_A_CORE * Runtime.getRuntime().availableProcessors()) + 1);
        forEach((rows + size - 1) / size, piece -> work.run(piece * size, Math.min(rows, (piece + 1) * size)));
    }

    /** Runs independent pieces of work side by side; returns when all are done. */
    public static void all(Runnable... work) {
        forEach(work.length, part -> work[part].run());
    }

    /** Waits for {@code thread} even where the caller is interrupted: the work uses the caller's data. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
