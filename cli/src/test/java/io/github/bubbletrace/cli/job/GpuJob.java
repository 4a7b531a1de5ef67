package io.github.bubbletrace.cli.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A pipeline of threads with a GPU each, whose native code issues kernels to the fake libcupti. */
public final class GpuJob {

    private static final int STAGES = 3;
    private static final int BATCHES = 6;
    private static final int ITERATIONS = 4;
    private static final long KERNEL_NS = 3_000_000;

    private final AtomicInteger correlation = new AtomicInteger();

    private GpuJob() {}

    /** Runs the job; the argument is its native library. */
    public static void main(String[] args) throws InterruptedException {
        System.load(args[0]);
        new GpuJob().run();
    }

    private void run() throws InterruptedException {
        List<BlockingQueue<int[]>> queues = new ArrayList<>();
        for (int i = 0; i <= STAGES; i++) {
            queues.add(new LinkedBlockingQueue<>());
        }
        for (int stage = 0; stage < STAGES; stage++) {
            int own = stage;
            Thread thread = new Thread(() -> loop(own, queues.get(own), queues.get(own + 1)));
            thread.setDaemon(true);
            thread.start();
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int batch = 0; batch < BATCHES; batch++) {
                queues.get(0).put(new int[] {iteration, batch});
            }
            for (int batch = 0; batch < BATCHES; batch++) {
                queues.get(STAGES).take();
            }
        }
    }

    private void loop(int stage, BlockingQueue<int[]> in, BlockingQueue<int[]> out) {
        try {
            while (true) {
                int[] item = in.take();
                work(stage, item[0], item[1]);
                out.put(item);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(int stage, int iteration, int batch) {
        launch(stage, correlation.incrementAndGet(), KERNEL_NS);
        // The kernel began before launch returned, so that it has ended by then, however late this thread is.
        long end = System.nanoTime() + KERNEL_NS + 50_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static native void launch(int device, int correlation, long ns);
}
