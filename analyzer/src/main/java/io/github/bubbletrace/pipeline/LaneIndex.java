package io.github.bubbletrace.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the lanes of one file. */
final class LaneIndex {

    private final Map<Lane, Integer> index = new HashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private long lastKey = -1;
    private int lastLane;

    /** The number of the lane, which is added where it is new. */
    int of(int process, int gpu) {
        long key = ((long) process << Integer.SIZE) | (gpu & 0xffffffffL);
        if (key != lastKey) {
            lastLane = index.computeIfAbsent(new Lane(process, gpu), lane -> {
                lanes.add(lane);
                return lanes.size() - 1;
            });
            lastKey = key;
        }
        return lastLane;
    }

    /** The number of the lane, or -1. */
    int find(int process, int gpu) {
        return index.getOrDefault(new Lane(process, gpu), -1);
    }

    List<Lane> lanes() {
        return List.copyOf(lanes);
    }
}
