package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kineto's {@code [memory]} events: what PyTorch's allocator gave out or took back, and how much it had given out then. What was
 * there before the first of a device counts as allocated long before.
 */
final class MemoryEvents {

    /** Kineto's number for CUDA devices. */
    private static final int CUDA = 1;

    /** An hour before the file's first event. */
    private static final long LONG_BEFORE_NS = -3_600_000_000_000L;

    private final TraceBuilder builder;
    private final HostProcesses processes;
    private final LongColumn atNs = new LongColumn();
    private final LongColumn bytes = new LongColumn();
    private final LongColumn total = new LongColumn();
    private final LongColumn process = new LongColumn();
    private final IntColumn gpu = new IntColumn();

    MemoryEvents(TraceBuilder builder, HostProcesses processes) {
        this.builder = builder;
        this.processes = processes;
    }

    void add(Event event) {
        if (event.deviceType == CUDA && event.gpu >= 0 && event.total >= 0) {
            atNs.add(event.startNs);
            bytes.add(event.bytes);
            total.add(event.total);
            process.add(event.process);
            gpu.add(event.gpu);
        }
    }

    /** After the last event of a file with GPU work. */
    void write() {
        Map<List<Long>, Integer> firsts = new LinkedHashMap<>();
        for (int row = 0; row < atNs.size(); row++) {
            builder.addMemory(atNs.get(row), processes.of(process.get(row)), gpu.get(row), bytes.get(row));
            firsts.merge(
                    List.of(process.get(row), (long) gpu.get(row)),
                    row,
                    (known, other) -> atNs.get(other) < atNs.get(known) ? other : known);
        }
        for (int first : firsts.values()) {
            long before = total.get(first) - bytes.get(first);
            builder.addMemory(LONG_BEFORE_NS, processes.of(process.get(first)), gpu.get(first), Math.max(0, before));
        }
    }
}
