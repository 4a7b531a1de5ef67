package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.RecentIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the lanes of one file. */
final class LaneIndex {

    private final Map<Lane, Integer> index = new HashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final RecentIds recent = new RecentIds();

    /** The number of the lane, which is added where it is new. */
    int of(int process, int gpu) {
        long key = ((long) process << Integer.SIZE) | (gpu & 0xffffffffL);
        int known = recent.find(key);
        return known >= 0 ? known : recent.keep(key, index.computeIfAbsent(new Lane(process, gpu), this::add));
    }

    private int add(Lane lane) {
        lanes.add(lane);
        return lanes.size() - 1;
    }

    /** The lane of each kernel; new lanes are numbered by their earliest kernel's start. */
    int[] ofKernels(KernelTable kernels) {
        LaneIndex found = new LaneIndex();
        LongColumn firstNs = new LongColumn();
        int[] lane = new int[kernels.size()];
        for (int k = 0; k < lane.length; k++) {
            boolean isRepeated =
                    k > 0 && kernels.process(k) == kernels.process(k - 1) && kernels.gpu(k) == kernels.gpu(k - 1);
            lane[k] = isRepeated ? lane[k - 1] : found.of(kernels.process(k), kernels.gpu(k));
            if (lane[k] == firstNs.size()) {
                firstNs.add(kernels.startNs(k));
            } else if (kernels.startNs(k) < firstNs.get(lane[k])) {
                firstNs.set(lane[k], kernels.startNs(k));
            }
        }
        int[] order = RadixOrder.of(firstNs.toArray());
        int[] number = new int[order.length];
        for (int other : order) {
            number[other] =
                    of(found.lanes.get(other).process(), found.lanes.get(other).gpu());
        }
        for (int k = 0; k < lane.length; k++) {
            lane[k] = number[lane[k]];
        }
        return lane;
    }

    /** The number of the lane, or -1. */
    int find(int process, int gpu) {
        return index.getOrDefault(new Lane(process, gpu), -1);
    }

    List<Lane> lanes() {
        return List.copyOf(lanes);
    }
}
