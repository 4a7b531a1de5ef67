package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.Cores;
import java.io.Closeable;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The blocks of a file in their order, read ahead by a thread of its own and parsed by several at a time. A few blocks are used again and again, which bounds the memory.
 */
final class BlockQueue implements Closeable {

    /** More than one thread that takes the events can keep busy. */
    private static final int MAX_WORKERS = 4;

    private final int blockSize;
    private final int blocks;
    private final BlockCutter cutter;
    private final Consumer<Block> parse;
    private final BlockingQueue<Block> free;
    private final BlockingQueue<Future<Block>> ordered;
    private final ExecutorService workers;
    private final Thread reader = thread(this::readAhead, "bubbletrace-read");

    /**
     * A queue over {@code in}.
     *
     * @param blockSize bytes of a block
     * @param parse reads the events of a block that was cut
     */
    BlockQueue(InputStream in, int blockSize, Consumer<Block> parse) {
        this.parse = parse;
        cutter = new BlockCutter(in, blockSize);
        this.blockSize = blockSize;
        int cores = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
        blocks = 2 * cores + 2;
        free = new ArrayBlockingQueue<>(blocks);
        ordered = new ArrayBlockingQueue<>(blocks);
        ThreadFactory daemons = work -> thread(work, "bubbletrace-parse");
        workers = Executors.newFixedThreadPool(cores, daemons);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Reads the first block, whose events nobody parsed. */
    Block first() {
        Block block = new Block(blockSize);
        cutter.fill(block);
        return block;
    }

    /** Begins to read ahead; from then on blocks come from {@link #next}. */
    void start() {
        for (int i = 1; i < blocks; i++) {
            free.add(new Block(blockSize));
        }
        reader.start();
    }

    private void readAhead() {
        try {
            boolean more = true;
            while (more) {
                Block block = free.take();
                cutter.fill(block);
                more = !block.isLast;
                ordered.put(workers.submit(() -> parse.accept(block), block));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            ordered.add(CompletableFuture.failedFuture(e));
        }
    }

    /** The next block, whether it could be parsed or not. */
    Block next() {
        try {
            return ordered.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a block was not parsed", e.getCause());
        }
    }

    /** Gives {@code block} back; its bytes and events are gone. */
    void release(Block block) {
        free.add(block);
    }

    /** Waits until the thread that reads has let go of the stream. */
    @Override
    public void close() {
        reader.interrupt();
        workers.shutdownNow();
        Cores.join(reader);
    }
}
