package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.MemoryTable;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much of its memory a device holds when, from the allocations and releases of a trace. What was allocated before the
 * recording is not in it, as far as releases do not show it. Immutable.
 */
public final class HeldMemory {

    /** Nothing is known. */
    public static final HeldMemory NONE = new HeldMemory(new long[0], new long[0]);

    /** Sums stay that far from overflow. */
    private static final long FAR = 1L << 60;

    private final long[] atNs;
    private final long[] bytes;

    private HeldMemory(long[] atNs, long[] bytes) {
        this.atNs = atNs;
        this.bytes = bytes;
    }

    /** Of every lane of {@code trace} what its allocations say. */
    static List<HeldMemory> of(Trace trace, LaneIndex lanes) {
        MemoryTable memory = trace.memory();
        List<LongColumn> times = new ArrayList<>();
        List<LongColumn> changes = new ArrayList<>();
        for (int lane = 0; lane < lanes.lanes().size(); lane++) {
            times.add(new LongColumn());
            changes.add(new LongColumn());
        }
        for (int row = 0; row < memory.size(); row++) {
            int lane = lanes.find(memory.process(row), memory.gpu(row));
            if (lane >= 0) {
                times.get(lane).add(memory.atNs(row));
                changes.get(lane).add(memory.bytes(row));
            }
        }
        List<HeldMemory> held = new ArrayList<>();
        for (int lane = 0; lane < times.size(); lane++) {
            held.add(summed(times.get(lane).toArray(), changes.get(lane).toArray()));
        }
        return held;
    }

    /** A release of what no recorded allocation gave was held from the start. */
    private static HeldMemory summed(long[] atNs, long[] changes) {
        long[] bytes = new long[changes.length];
        long sum = 0;
        long least = 0;
        for (int i = 0; i < changes.length; i++) {
            sum = Math.max(-FAR, Math.min(FAR, sum + changes[i]));
            least = Math.min(least, sum);
            bytes[i] = sum;
        }
        long before = -least;
        return new HeldMemory(atNs, Arrays.stream(bytes).map(b -> b + before).toArray());
    }

    /** The same on the axis that {@code clock} leads to. */
    public HeldMemory on(FileClock clock) {
        return new HeldMemory(Arrays.stream(atNs).map(clock::at).toArray(), bytes);
    }

    /** Whether the trace says anything. */
    public boolean isKnown() {
        return atNs.length > 0;
    }

    /** The most that is held at any time, in bytes; 0 where nothing is known. */
    public long peakBytes() {
        return Arrays.stream(bytes).max().orElse(0);
    }

    /** The most that is held from one moment to another, both included, in bytes. */
    public long mostBytes(long fromNs, long toNs) {
        long most = at(fromNs);
        for (int i = after(fromNs); i < atNs.length && atNs[i] <= toNs; i++) {
            most = Math.max(most, bytes[i]);
        }
        return most;
    }

    /** The least that is held from one moment to another, both included, in bytes. */
    public long leastBytes(long fromNs, long toNs) {
        long least = at(fromNs);
        for (int i = after(fromNs); i < atNs.length && atNs[i] <= toNs; i++) {
            least = Math.min(least, bytes[i]);
        }
        return least;
    }

    private long at(long ns) {
        int after = after(ns);
        return after == 0 ? 0 : bytes[after - 1];
    }

    /** The first change later than {@code ns}. */
    private int after(long ns) {
        int low = 0;
        int high = atNs.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atNs[middle] <= ns) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
