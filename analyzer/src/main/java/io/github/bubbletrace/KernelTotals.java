package io.github.bubbletrace;

import io.github.bubbletrace.analysis.KernelTotal;
import io.github.bubbletrace.analysis.KernelTotal.OnDevice;
import io.github.bubbletrace.pipeline.extract.KernelSums;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.trace.KernelKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The kernels of a fleet that took most of the time; all others of a kind are one. */
final class KernelTotals {

    /** So many of each kind are named. */
    private static final int NAMED = 20;

    private final Fleet fleet;
    private final KernelKind kind;
    private final Map<String, Long> totalNs = new HashMap<>();

    private KernelTotals(Fleet fleet, KernelKind kind) {
        this.fleet = fleet;
        this.kind = kind;
    }

    /** Compute kernels first, then sends and receives, then collectives; each by time, the others of its kind last. */
    static List<KernelTotal> of(Fleet fleet) {
        List<KernelTotal> all = new ArrayList<>();
        for (KernelKind kind : KernelKind.values()) {
            all.addAll(new KernelTotals(fleet, kind).longest());
        }
        return all;
    }

    private List<KernelTotal> longest() {
        fleet.files().forEach(file -> sum(file.sums()));
        List<String> named = totalNs.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(Map.Entry::getKey)
                .toList();
        if (named.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> place = new HashMap<>();
        named.forEach(name -> place.put(name, place.size()));
        int rows = named.size() + (totalNs.size() > named.size() ? 1 : 0);
        long[][] counts = new long[rows][fleet.devices().size()];
        long[][] times = new long[rows][fleet.devices().size()];
        for (int d = 0; d < fleet.devices().size(); d++) {
            spread(fleet.devices().get(d), d, place, counts, times);
        }
        return IntStream.range(0, rows)
                .mapToObj(row -> total(row < named.size() ? named.get(row) : null, counts[row], times[row]))
                .toList();
    }

    private void sum(KernelSums sums) {
        for (int row = 0; row < sums.size(); row++) {
            if (sums.kind(row) == kind) {
                totalNs.merge(sums.name(row), sums.totalNs(row), Long::sum);
            }
        }
    }

    private void spread(Device device, int d, Map<String, Integer> place, long[][] counts, long[][] times) {
        KernelSums sums = fleet.files().get(device.file()).sums();
        for (int row = 0; row < sums.size(); row++) {
            if (sums.kind(row) == kind && sums.lane(row) == device.lane()) {
                int at = place.getOrDefault(sums.name(row), counts.length - 1);
                counts[at][d] += sums.count(row);
                times[at][d] += sums.totalNs(row);
            }
        }
    }

    private KernelTotal total(String name, long[] counts, long[] times) {
        long count = 0;
        long total = 0;
        List<OnDevice> devices = new ArrayList<>();
        for (int d = 0; d < counts.length; d++) {
            count += counts[d];
            total += times[d];
            devices.add(new OnDevice(counts[d], times[d]));
        }
        return new KernelTotal(name, kind, count, total, List.copyOf(devices));
    }
}
