package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job's steps come to. A step of data-parallel replicas lasts as long as the slowest of them.
 *
 * @param stepNs mean over the iterations, in nanoseconds
 * @param bubble idle time of all devices over their windows
 * @param peakInFlight chunk activations that each stage holds at most on any replica
 */
record Played(long stepNs, double bubble, List<Integer> peakInFlight) {

    /** Plays the replicas of a job through. */
    static Played of(List<Pipeline> replicas) {
        Map<Integer, Long> slowest = new TreeMap<>();
        double deviceNs = 0;
        double busyNs = 0;
        for (Pipeline replica : replicas) {
            for (int step = 0; step < replica.steps().size(); step++) {
                List<Step> lanes = replica.steps().get(step);
                List<Step> before = replica.before().isEmpty()
                        ? List.of()
                        : replica.before().get(step);
                long lengthNs = lengthNs(lanes) - lengthNs(before);
                busyNs += busyNs(lanes) - busyNs(before);
                deviceNs += (double) lengthNs * replica.devices();
                slowest.merge(lanes.get(0).iteration(), lengthNs, Math::max);
            }
        }
        return new Played(mean(slowest), deviceNs == 0 ? 0 : Math.max(0, 1 - busyNs / deviceNs), peaks(replicas));
    }

    private static long lengthNs(List<Step> lanes) {
        return lanes.stream().mapToLong(Step::lengthNs).max().orElse(0);
    }

    private static double busyNs(List<Step> lanes) {
        return lanes.stream().mapToDouble(Step::busyNs).sum();
    }

    /** The mean over the iterations, rounded half up. */
    static long mean(Map<Integer, Long> ofIteration) {
        double sum = ofIteration.values().stream().mapToDouble(ns -> ns).sum();
        return ofIteration.isEmpty() ? 0 : Math.round(sum / ofIteration.size());
    }

    private static List<Integer> peaks(List<Pipeline> replicas) {
        List<Integer> peaks = new ArrayList<>();
        for (Pipeline replica : replicas) {
            for (int stage = 0; stage < replica.peakInFlight().size(); stage++) {
                int own = replica.peakInFlight().get(stage);
                if (stage < peaks.size()) {
                    peaks.set(stage, Math.max(peaks.get(stage), own));
                } else {
                    peaks.add(own);
                }
            }
        }
        return List.copyOf(peaks);
    }
}
