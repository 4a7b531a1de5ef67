package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.KernelSource;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of some stretches of time, at most so many: where there are more, the last stretch is given up, and the only
 * one that is left is shortened. Collects no more than twice the bound at a time.
 */
public final class ShownKernels {

    private final List<Lane> lanes;
    private final Map<Long, Integer> laneOf = new HashMap<>();
    private final List<Stretch> stretches;
    private final Map<String, Integer> names = new HashMap<>();
    private IntColumn lane = new IntColumn();
    private IntColumn stream = new IntColumn();
    private IntColumn name = new IntColumn();
    private IntColumn stretch = new IntColumn();
    private LongColumn launchNs = new LongColumn();
    private LongColumn startNs = new LongColumn();
    private LongColumn endNs = new LongColumn();
    private int most;

    private ShownKernels(List<Lane> lanes, List<Stretch> stretches, int most) {
        this.lanes = lanes;
        this.stretches = new ArrayList<>(stretches);
        this.most = most;
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).gpu() != null) {
                laneOf.put(key(lanes.get(i).rank(), lanes.get(i).gpu()), i);
            }
        }
    }

    /**
     * The kernels of {@code source} on {@code lanes} in {@code stretches}, those that matter most first.
     *
     * @param most the bound
     * @throws IOException never of its own
     */
    public static ShownKernels of(KernelSource source, List<Lane> lanes, List<Stretch> stretches, int most)
            throws IOException {
        ShownKernels shown = new ShownKernels(lanes, stretches, Math.max(0, most));
        if (!stretches.isEmpty()) {
            source.forEach(times(stretches), shown::add);
        }
        shown.atMost(most);
        return shown;
    }

    private static IntervalSet times(List<Stretch> stretches) {
        LongColumn from = new LongColumn();
        LongColumn to = new LongColumn();
        stretches.forEach(stretch -> {
            from.add(stretch.fromNs());
            to.add(stretch.toNs());
        });
        return IntervalSet.union(from, to);
    }

    private static long key(int rank, int gpu) {
        return ((long) rank << Integer.SIZE) | (gpu & 0xffffffffL);
    }

    private void add(int rank, int gpu, int onStream, String named, long newLaunchNs, long newStartNs, long newEndNs) {
        Integer onLane = laneOf.get(key(rank, gpu));
        int within = onLane == null ? -1 : stretchOf(onLane, newStartNs, newEndNs);
        if (within < 0) {
            return;
        }
        lane.add(onLane);
        stream.add(onStream);
        Integer id = names.putIfAbsent(named, names.size());
        name.add(id == null ? names.size() - 1 : id);
        stretch.add(within);
        launchNs.add(newLaunchNs);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        if (size() > 2L * most + 1) {
            shorten();
        }
    }

    private int stretchOf(int onLane, long newStartNs, long newEndNs) {
        for (int s = 0; s < stretches.size(); s++) {
            if (stretches.get(s).holds(lanes.get(onLane).replica(), newStartNs, newEndNs)) {
                return s;
            }
        }
        return -1;
    }

    /** Lowers the bound. */
    public void atMost(int fewer) {
        most = Math.max(0, fewer);
        while (size() > most) {
            shorten();
        }
    }

    private void shorten() {
        int last = stretches.size() - 1;
        Stretch left = stretches.get(last);
        if (last > 0) {
            stretches.remove(last);
        } else if (left.toNs() - left.fromNs() <= 1) {
            stretches.clear();
        } else {
            stretches.set(0, left.half());
        }
        keepThoseWithin();
    }

    private void keepThoseWithin() {
        IntColumn[] ints = {lane, stream, name, stretch};
        LongColumn[] longs = {launchNs, startNs, endNs};
        IntColumn[] keptInts = {new IntColumn(), new IntColumn(), new IntColumn(), new IntColumn()};
        LongColumn[] keptLongs = {new LongColumn(), new LongColumn(), new LongColumn()};
        for (int k = 0; k < size(); k++) {
            boolean kept = stretch.get(k) < stretches.size()
                    && stretches
                            .get(stretch.get(k))
                            .holds(lanes.get(lane.get(k)).replica(), startNs.get(k), endNs.get(k));
            for (int column = 0; kept && column < ints.length; column++) {
                keptInts[column].add(ints[column].get(k));
            }
            for (int column = 0; kept && column < longs.length; column++) {
                keptLongs[column].add(longs[column].get(k));
            }
        }
        lane = keptInts[0];
        stream = keptInts[1];
        name = keptInts[2];
        stretch = keptInts[3];
        launchNs = keptLongs[0];
        startNs = keptLongs[1];
        endNs = keptLongs[2];
    }

    /** What is shown of the stretches asked for. */
    public List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    /** Whether there were any before some were given up. */
    public boolean hadAny() {
        return !names.isEmpty();
    }

    /** How many kernels there are. */
    public int size() {
        return lane.size();
    }

    /** Earliest start, in nanoseconds; {@link Long#MAX_VALUE} where there is none. */
    public long firstNs() {
        long first = Long.MAX_VALUE;
        for (int k = 0; k < size(); k++) {
            first = Math.min(first, startNs.get(k));
        }
        return first;
    }

    /** Latest end, in nanoseconds; {@link Long#MIN_VALUE} where there is none. */
    public long lastNs() {
        long last = Long.MIN_VALUE;
        for (int k = 0; k < size(); k++) {
            last = Math.max(last, endNs.get(k));
        }
        return last;
    }

    int lane(int kernel) {
        return lane.get(kernel);
    }

    int stream(int kernel) {
        return stream.get(kernel);
    }

    int name(int kernel) {
        return name.get(kernel);
    }

    long launchNs(int kernel) {
        return launchNs.get(kernel);
    }

    long startNs(int kernel) {
        return startNs.get(kernel);
    }

    long endNs(int kernel) {
        return endNs.get(kernel);
    }

    /** All names that kernels had, by number; those given up may have left some behind. */
    String[] names() {
        String[] byNumber = new String[names.size()];
        names.forEach((text, number) -> byNumber[number] = text);
        return byNumber;
    }
}
