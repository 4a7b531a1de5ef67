package io.github.bubbletrace.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the tasks of a run as PyTorch's profiler would, one file a rank: a labelled range, a launch and a kernel each. */
final class KinetoFiles {

    /** Not a whole microsecond, so that digits after the point count. */
    static final long EPOCH_NS = 1_682_725_898_236_567_250L;

    private KinetoFiles() {}

    /** The trace of {@code rank}. */
    static String text(List<LoggedSpan> spans, int rank, int worldSize) {
        StringBuilder text = new StringBuilder("{\"schemaVersion\": 1, \"distributedInfo\": {\"backend\": \"nccl\",")
                .append(" \"rank\": ")
                .append(rank)
                .append(", \"world_size\": ")
                .append(worldSize)
                .append("}, \"traceEvents\": [\n");
        int id = 0;
        for (LoggedSpan span : spans) {
            if (span.rank() == rank && span.microBatch() >= 0) {
                text.append(task(span, ++id));
            }
        }
        return text.append(
                        "{\"ph\": \"X\", \"cat\": \"Trace\", \"name\": \"Profiler\", \"pid\": \"Spans\", \"tid\": \"x\"}]}")
                .toString();
    }

    /** The same with an arrow from each launch to its kernel. */
    static String withArrows(List<LoggedSpan> spans, int rank, int worldSize) {
        StringBuilder arrows = new StringBuilder();
        int id = 0;
        for (LoggedSpan span : spans) {
            if (span.rank() == rank && span.microBatch() >= 0) {
                id++;
                arrows.append(arrow("s", id, "\"pid\": 4037, \"tid\": 23", span.startNs() - 1000))
                        .append(arrow("f", id, "\"pid\": 3, \"tid\": 7", span.startNs()));
            }
        }
        return text(spans, rank, worldSize).replace("\"traceEvents\": [\n", "\"traceEvents\": [\n" + arrows);
    }

    /** The same with memory that every forward takes and its backward gives back, on top of {@code base} bytes. */
    static String withMemory(List<LoggedSpan> spans, int rank, int worldSize, long base, long activation) {
        Map<Long, Long> changes = new TreeMap<>();
        for (LoggedSpan span : spans) {
            boolean isTask =
                    span.rank() == rank && span.microBatch() >= 0 && span.name().contains("compute");
            if (isTask) {
                boolean isForward = span.name().startsWith("f");
                changes.merge(
                        isForward ? span.startNs() : span.endNs(), isForward ? activation : -activation, Long::sum);
            }
        }
        StringBuilder events = new StringBuilder();
        long total = base;
        for (Map.Entry<Long, Long> change : changes.entrySet()) {
            total += change.getValue();
            events.append(memory(change.getKey(), change.getValue(), total, 1))
                    .append(memory(change.getKey(), 12345, 12345, 0));
        }
        return text(spans, rank, worldSize).replace("\"traceEvents\": [\n", "\"traceEvents\": [\n" + events);
    }

    private static String memory(long ns, long bytes, long total, int deviceType) {
        return "{\"ph\": \"i\", \"cat\": \"cpu_instant_event\", \"s\": \"t\", \"name\": \"[memory]\", \"pid\": 4037,"
                + " \"tid\": 23, \"ts\": " + micros(EPOCH_NS + ns)
                + ", \"args\": {\"Total Reserved\": 99, \"Total Allocated\": "
                + total + ", \"Bytes\": " + bytes + ", \"Addr\": 1402, \"Device Id\": 3, \"Device Type\": " + deviceType
                + "}},\n";
    }

    private static String arrow(String type, int id, String place, long ns) {
        return "{\"ph\": \"" + type + "\", \"id\": " + (700 + id) + ", " + place + ", \"ts\": " + micros(EPOCH_NS + ns)
                + ", \"cat\": \"ac2g\", \"name\": \"ac2g\"},\n";
    }

    /** Files of all ranks in {@code folder}. */
    static void write(Path folder, List<LoggedSpan> spans, int ranks) {
        for (int rank = 0; rank < ranks; rank++) {
            SpanLogs.write(folder.resolve("part" + (ranks - rank)), text(spans, rank, ranks), rank % 2 == 0);
        }
    }

    private static String task(LoggedSpan span, int id) {
        String host = "\"pid\": 4037, \"tid\": 23";
        String label = "it=" + span.step() + " stage=" + span.stage() + " mb=" + span.microBatch() + " phase="
                + (span.name().startsWith("f") ? "F" : "B");
        return "{\"ph\": \"X\", \"cat\": \"cpu_op\", \"name\": \"aten::mm\", " + host + ", " + times(span.startNs(), 10)
                + ", \"args\": {\"Input Dims\": [[2, 3], []]}},\n"
                + "{\"ph\": \"X\", \"cat\": \"user_annotation\", \"name\": \"" + label + "\", " + host + ", "
                + times(span.startNs() - 2000, span.endNs() - span.startNs()) + ", \"args\": {}},\n"
                + "{\"ph\": \"X\", \"cat\": \"cuda_runtime\", \"name\": \"cudaLaunchKernel\", " + host + ", "
                + times(span.startNs() - 1000, 500) + ", \"args\": {\"correlation\": " + id + "}},\n"
                + "{\"ph\": \"s\", \"id\": " + id + ", " + host
                + ", \"ts\": 5, \"cat\": \"ac2g\", \"name\": \"ac2g\"},\n"
                + "{\"ph\": \"X\", \"cat\": \"kernel\", \"name\": \"gemm\", \"pid\": 3, \"tid\": 7, "
                + times(span.startNs(), span.endNs() - span.startNs())
                + ", \"args\": {\"device\": 3, \"stream\": 7, \"correlation\": " + id + ", \"grid\": [1, 2, 3]}},\n";
    }

    private static String times(long startNs, long lengthNs) {
        return "\"ts\": " + micros(EPOCH_NS + startNs) + ", \"dur\": " + micros(lengthNs);
    }

    private static String micros(long ns) {
        return BigDecimal.valueOf(ns, 3).toPlainString();
    }
}
