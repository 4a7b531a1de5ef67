package io.github.bubbletrace.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A thread a stage, a queue between two of them; hand-overs that cost something have a thread of their own. */
public final class SampleJob {

    /** What ends a stage's thread. */
    private static final Batch LAST = new Batch(-1, -1);

    private final JobOptions options;
    private final Truth truth;
    private final List<Thread> threads = new ArrayList<>();

    private SampleJob(JobOptions options) {
        this.options = options;
        truth = new Truth(options.stages());
    }

    /** Runs the job; {@code --help} says how. */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length == 1 && args[0].equals("--help")) {
            System.out.print(JobOptions.HELP);
            return;
        }
        new SampleJob(JobOptions.parse(args)).run();
    }

    private void run() throws InterruptedException, IOException {
        System.out.println("process " + ProcessHandle.current().pid());
        BlockingQueue<Batch> first = new LinkedBlockingQueue<>();
        BlockingQueue<Batch> last = build(first);
        threads.forEach(Thread::start);
        Thread.sleep(options.startDelayMs());
        for (int iteration = 0; iteration < options.iterations(); iteration++) {
            iterate(iteration, first, last);
        }
        first.put(LAST);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.print(truth.summary());
        if (options.truth() != null) {
            truth.write(options.truth());
        }
    }

    private void iterate(int iteration, BlockingQueue<Batch> first, BlockingQueue<Batch> last)
            throws InterruptedException {
        for (int index = 0; index < options.microBatches(); index++) {
            first.put(new Batch(iteration, index));
        }
        for (int index = 0; index < options.microBatches(); index++) {
            last.take();
        }
    }

    /** Connects the stages behind {@code first}; returns where the last one puts. */
    private BlockingQueue<Batch> build(BlockingQueue<Batch> first) {
        BlockingQueue<Batch> queue = first;
        for (int number = 0; number < options.stages(); number++) {
            BlockingQueue<Batch> in = queue;
            BlockingQueue<Batch> out = new LinkedBlockingQueue<>();
            Stage stage = new Stage(number, options, truth);
            threads.add(new Thread(() -> loop(in, out, stage), "stage-" + number));
            queue = out;
            long cost = options.handOverNs(number);
            if (cost > 0) {
                BlockingQueue<Batch> arrived = new LinkedBlockingQueue<>();
                threads.add(new Thread(() -> carry(out, arrived, stage, cost), "link-" + number));
                queue = arrived;
            }
        }
        return queue;
    }

    private static void loop(BlockingQueue<Batch> in, BlockingQueue<Batch> out, Stage stage) {
        try {
            Batch batch = in.take();
            while (batch != LAST) {
                out.put(stage.process(batch));
                batch = in.take();
            }
            out.put(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(BlockingQueue<Batch> in, BlockingQueue<Batch> out, Stage from, long cost) {
        try {
            Batch batch = in.take();
            while (batch != LAST) {
                out.put(from.handOver(batch, cost));
                batch = in.take();
            }
            out.put(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
