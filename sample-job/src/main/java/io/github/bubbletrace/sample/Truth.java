package io.github.bubbletrace.sample;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What really happened, as the job itself measured it. */
final class Truth {

    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    /** Rows of each stage, which writes its own. */
    private final List<List<String>> rows = new ArrayList<>();

    private final long[] busyNs;

    Truth(int stages) {
        busyNs = new long[stages];
        for (int stage = 0; stage < stages; stage++) {
            rows.add(Collections.synchronizedList(new ArrayList<>()));
        }
    }

    /** Time that the JVM has stood still in garbage collections since its start, as it counts itself, in milliseconds. */
    static long collectedMs() {
        long sum = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            sum += Math.max(0, collector.getCollectionTime());
        }
        return sum;
    }

    /** Logs a task, in which the JVM stood still for {@code collectedMs}; called by the stage's own thread. */
    void task(int stage, Batch batch, long startNs, long endNs, long collectedMs) {
        busyNs[stage] += endNs - startNs;
        log("task", stage, batch, startNs, endNs, collectedMs);
    }

    /** Logs a hand-over from {@code stage} to the next one. */
    void handOver(int stage, Batch batch, long startNs, long endNs) {
        log("handover", stage, batch, startNs, endNs, 0);
    }

    private void log(String what, int stage, Batch batch, long startNs, long endNs, long collectedMs) {
        rows.get(stage)
                .add(batch.iteration() + "," + stage + "," + batch.index() + "," + startNs + "," + endNs + ","
                        + collectedMs + "," + what);
    }

    /**
     * Writes a line a task or hand-over: iteration, stage, micro-batch, start and end in nanoseconds of System.nanoTime,
     * milliseconds of garbage collections meanwhile, what it is.
     */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("iteration,stage,microBatch,startNs,endNs,collectedMs,what");
        rows.forEach(lines::addAll);
        Files.write(file, lines);
    }

    String summary() {
        StringBuilder text = new StringBuilder();
        for (int stage = 0; stage < busyNs.length; stage++) {
            text.append(String.format(Locale.ROOT, "stage %d worked %.1f ms%n", stage, busyNs[stage] / 1e6));
        }
        return text.append(String.format(Locale.ROOT, "garbage collections took %d ms%n", collectedMs()))
                .toString();
    }
}
