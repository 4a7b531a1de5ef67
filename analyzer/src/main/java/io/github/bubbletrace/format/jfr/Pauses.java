package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.StopKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/** What stopped or slowed the JVM's threads: garbage collections, other safepoints, compilations. */
final class Pauses {

    private static final int NO_COLLECTION = -1;
    private static final int MAX_TEXT = 80;

    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final List<StopKind> kind = new ArrayList<>();
    private final List<String> text = new ArrayList<>();
    private final List<Integer> collection = new ArrayList<>();
    private final Map<Integer, String> causeOfCollection = new HashMap<>();

    /** Takes {@code event} where it is one of these. */
    void add(RecordedEvent event, long start, long end) {
        switch (event.getEventType().getName()) {
            case "jdk.GCPhasePause" -> add(start, end, StopKind.PAUSE, "GC pause", event.getInt("gcId"));
            case "jdk.GarbageCollection" -> causeOfCollection.put(event.getInt("gcId"), event.getString("cause"));
            case "jdk.ExecuteVMOperation" -> {
                if (event.getBoolean("safepoint")) {
                    add(start, end, StopKind.PAUSE, operation(event.getString("operation")), NO_COLLECTION);
                }
            }
            case "jdk.SafepointBegin" -> add(start, end, StopKind.BESIDE, "way to a safepoint", NO_COLLECTION);
            case "jdk.Compilation" -> add(start, end, StopKind.BESIDE, "compilation", NO_COLLECTION);
            default -> {
                // Says nothing about waiting.
            }
        }
    }

    private void add(long start, long end, StopKind why, String what, int ofCollection) {
        startNs.add(start);
        endNs.add(end);
        kind.add(why);
        text.add(what);
        collection.add(ofCollection);
    }

    /** Collections run as operations of the VM too, of which their pauses say more: these have no name of their own. */
    private static String operation(String name) {
        boolean collects =
                name.contains("Collect") || name.contains("GC") || name.startsWith("Z") || name.startsWith("X");
        return collects ? "" : "safepoint " + name;
    }

    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    int size() {
        return startNs.size();
    }

    long startNs(int row) {
        return startNs.get(row);
    }

    long endNs(int row) {
        return endNs.get(row);
    }

    StopKind kind(int row) {
        return kind.get(row);
    }

    /** What it was, such as {@code GC pause (Allocation Failure)}. */
    String text(int row) {
        String cause = causeOfCollection.get(collection.get(row));
        return bounded(cause == null ? text.get(row) : text.get(row) + " (" + cause + ")");
    }
}
