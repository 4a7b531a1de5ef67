package io.github.bubbletrace;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.analysis.TransferSpans;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The transfers of a pipeline by the stages that they join. */
final class TransferPairs {

    /** What is collected of one pair. */
    private static final class Pair {

        private final LongColumn lengthNs = new LongColumn();
        private final LongColumn bytes = new LongColumn();
        private final LongColumn bytesPerSecond = new LongColumn();
        private long estimated;
        private long exposedNs;

        private PairTransfers summed(int from, int to) {
            long[] sorted = sorted(lengthNs);
            return new PairTransfers(
                    from,
                    to,
                    sorted.length,
                    estimated,
                    median(sorted).orElse(0),
                    sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
                    Arrays.stream(sorted).sum(),
                    exposedNs,
                    bytes.size(),
                    median(sorted(bytes)),
                    median(sorted(bytesPerSecond)));
        }

        private void add(long ns, long moved) {
            lengthNs.add(ns);
            if (moved >= 0) {
                bytes.add(moved);
            }
            if (moved >= 0 && ns > 0) {
                bytesPerSecond.add(Math.round(moved * 1e9 / ns));
            }
        }

        private static long[] sorted(LongColumn column) {
            long[] sorted = column.toArray();
            Arrays.sort(sorted);
            return sorted;
        }

        /** The lesser of the middle two. */
        private static OptionalLong median(long[] sorted) {
            return sorted.length == 0 ? OptionalLong.empty() : OptionalLong.of(sorted[(sorted.length - 1) / 2]);
        }
    }

    private final int stages;
    private final Map<Integer, Pair> pairs = new TreeMap<>();

    private TransferPairs(int stages) {
        this.stages = stages;
    }

    /** One entry a pair that sends, by sending and receiving stage; skipped iterations are left out. */
    static List<PairTransfers> of(List<IterationAnalysis> iterations, int stages) {
        TransferPairs transfers = new TransferPairs(stages);
        iterations.stream().filter(iteration -> !iteration.skipped()).forEach(transfers::add);
        return transfers.pairs.entrySet().stream()
                .map(pair -> pair.getValue().summed(pair.getKey() / stages, pair.getKey() % stages))
                .toList();
    }

    private void add(IterationAnalysis iteration) {
        List<DeviceAnalysis> devices = iteration.devices();
        IntervalSet[] idle = devices.stream().map(device -> idle(device.idle())).toArray(IntervalSet[]::new);
        TransferSpans spans = iteration.transfers();
        for (int i = 0; i < spans.size(); i++) {
            int from = devices.get(spans.sourceDevice(i)).stage();
            int to = devices.get(spans.targetDevice(i)).stage();
            Pair pair = pairs.computeIfAbsent(from * stages + to, key -> new Pair());
            long endNs = Math.max(spans.startNs(i), spans.endNs(i));
            pair.add(endNs - spans.startNs(i), spans.bytes(i));
            pair.estimated += spans.isEstimated(i) ? 1 : 0;
            pair.exposedNs += idle[spans.targetDevice(i)].coveredNs(spans.startNs(i), endNs);
        }
    }

    private static IntervalSet idle(IdleSpans spans) {
        IntervalSet.Builder idle = new IntervalSet.Builder();
        for (int i = 0; i < spans.size(); i++) {
            idle.add(spans.startNs(i), spans.endNs(i));
        }
        return idle.build();
    }
}
