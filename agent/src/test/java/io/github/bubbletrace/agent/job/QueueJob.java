package io.github.bubbletrace.agent.job;

import io.github.bubbletrace.api.PipelineSpan;
import io.github.bubbletrace.api.PipelineStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A job for the agent's tests: {@code api}, {@code virtual}, {@code throws}, {@code nulls} or {@code names}. */
@SuppressWarnings({"UnusedVariable", "FutureReturnValueIgnored"}) // arguments are what rules read
public final class QueueJob {

    /** What a stage works on. */
    public static final class Batch {

        private final int index;

        Batch(int index) {
            this.index = index;
        }

        /** Its number. */
        public long index() {
            return index;
        }
    }

    private int calls;

    private QueueJob() {}

    /** Runs the kind of job that the first argument names. */
    public static void main(String[] args) throws Exception {
        QueueJob job = new QueueJob();
        switch (args[0]) {
            case "api" -> job.api();
            case "virtual" -> job.virtual();
            case "throws" -> job.fail();
            case "nulls" -> job.nulls();
            default -> job.names();
        }
        System.out.println("calls " + job.calls);
    }

    private void api() {
        annotated(new Batch(5));
        PipelineSpan span = PipelineSpan.begin(3, 7);
        calls++;
        span.end();
    }

    @PipelineStage("stage=2,microbatch=arg0.index(),phase=B")
    private void annotated(Batch batch) {
        calls++;
    }

    /** Newer than the classes here are compiled for. */
    private void virtual() throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        for (int i = 0; i < 200; i++) {
            int number = i;
            threads.submit(() -> work(number % 4, new Batch(number)));
        }
        threads.shutdown();
        threads.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS);
    }

    private synchronized void work(int stage, Batch batch) {
        calls++;
    }

    private void fail() {
        try {
            refuse(new Batch(1));
        } catch (IllegalStateException e) {
            System.out.println("caught " + e.getMessage());
        }
    }

    private void refuse(Batch batch) {
        calls++;
        throw new IllegalStateException("as planned");
    }

    private void nulls() {
        work(1, null);
        work(1, new Batch(4));
    }

    private void names() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            int number = i;
            Thread thread = new Thread(() -> work(0, new Batch(number)), "worker-" + i + "-of-3");
            thread.start();
            thread.join();
        }
    }
}
