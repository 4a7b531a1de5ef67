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

    private final List<List<String>> rows = new ArrayList<>();
    private final long[] busyNs;

    Truth(int stages) {
        busyNs = new long[stages];
        for (int stage = 0; stage < stages; stage++) {
            rows.add(Collections.synchronizedList(new ArrayList<>()));
        }
    }

    /** Logs a task; called by the stage's own thread. */
    void log(int stage, Batch batch, long startNs, long endNs) {
        busyNs[stage] += endNs - startNs;
        rows.get(stage).add(batch.iteration() + "," + stage + "," + batch.index() + "," + startNs + "," + endNs);
    }

    /** Writes a line a task: iteration, stage, micro-batch, start and end in nanoseconds of System.nanoTime. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("iteration,stage,microBatch,startNs,endNs");
        rows.forEach(lines::addAll);
        Files.write(file, lines);
    }

    String summary() {
        StringBuilder text = new StringBuilder();
        for (int stage = 0; stage < busyNs.length; stage++) {
            text.append(String.format(Locale.ROOT, "stage %d worked %.1f ms%n", stage, busyNs[stage] / 1e6));
        }
        long collectedMs = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectedMs += Math.max(0, collector.getCollectionTime());
        }
        return text.append(String.format(Locale.ROOT, "garbage collections took %d ms%n", collectedMs))
                .toString();
    }
}
