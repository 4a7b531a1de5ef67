package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Transfers on streams of a device on which nothing is ever sent but what something is received with, at the same moment: keys
 * and values or gradients that go round the ranks of a stage, tokens of experts, gradients of weights that two stages hold. A
 * pipeline's hops are none, for the first thing that a stage receives comes before it can send anything, and the first thing
 * that the first stage sends leaves before anything comes back. Immutable.
 */
public final class Exchanges {

    /** How far apart what a device sends and what it receives in one exchange end. */
    private static final long AT_ONCE_NS = 5_000;

    /** How far apart an exchange ends on two devices on one clock. */
    private static final long NEAR_NS = 20_000;

    private final BitSet rows;
    private final Map<Integer, long[]> endsNs;

    private Exchanges(BitSet rows, Map<Integer, long[]> endsNs) {
        this.rows = rows;
        this.endsNs = endsNs;
    }

    /** The exchanges among {@code operations}; none where they are all that a device transfers. */
    public static Exchanges of(Operations operations) {
        BitSet rows = new BitSet();
        Map<Integer, long[]> endsNs = new HashMap<>();
        for (int[] own : byDevice(operations)) {
            BitSet found = ofDevice(operations, own);
            if (found.cardinality() == own.length) {
                return new Exchanges(new BitSet(), Map.of());
            }
            if (!found.isEmpty()) {
                rows.or(found);
                endsNs.put(
                        operations.device(own[0]),
                        found.stream().mapToLong(operations::endNs).sorted().toArray());
            }
        }
        return new Exchanges(rows, endsNs);
    }

    private static List<int[]> byDevice(Operations operations) {
        TreeMap<Integer, IntColumn> devices = new TreeMap<>();
        for (int row = 0; row < operations.size(); row++) {
            devices.computeIfAbsent(operations.device(row), device -> new IntColumn())
                    .add(row);
        }
        return devices.values().stream()
                .map(own -> operations.byEnd(Arrays.stream(own.toArray())))
                .toList();
    }

    /** Streams are left out until, at each moment, what remains sends as much as it receives. */
    private static BitSet ofDevice(Operations operations, int[] own) {
        BitSet streams = new BitSet();
        Arrays.stream(own)
                .map(operations::stream)
                .filter(stream -> stream >= 0)
                .forEach(streams::set);
        BitSet left = new BitSet();
        do {
            streams.andNot(left);
            left = unbalanced(operations, own, streams);
        } while (!left.isEmpty());
        BitSet found = new BitSet();
        Arrays.stream(own).filter(row -> isOn(streams, operations, row)).forEach(found::set);
        return found;
    }

    /** Those of {@code streams} on which something ends while they send more than they receive, or less. */
    private static BitSet unbalanced(Operations operations, int[] own, BitSet streams) {
        int[] rows = Arrays.stream(own)
                .filter(row -> isOn(streams, operations, row))
                .toArray();
        BitSet unbalanced = new BitSet();
        int from = 0;
        for (int i = 1; i <= rows.length; i++) {
            boolean apart =
                    i == rows.length || operations.endNs(rows[i]) - operations.endNs(rows[i - 1]) > AT_ONCE_NS;
            if (apart && !isBalanced(operations, rows, from, i)) {
                IntStream.range(from, i).forEach(at -> unbalanced.set(operations.stream(rows[at])));
            }
            from = apart ? i : from;
        }
        return unbalanced;
    }

    private static boolean isBalanced(Operations operations, int[] rows, int from, int to) {
        int sent = 0;
        int received = 0;
        for (int i = from; i < to; i++) {
            sent += operations.role(rows[i]) == Operations.Role.SEND ? 1 : 0;
            received += operations.role(rows[i]) == Operations.Role.RECEIVE ? 1 : 0;
        }
        return sent == received && sent + received == to - from;
    }

    private static boolean isOn(BitSet streams, Operations operations, int row) {
        return operations.stream(row) >= 0 && streams.get(operations.stream(row));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether a row is part of one. */
    public boolean has(int row) {
        return rows.get(row);
    }

    /**
     * Whether they lie beside pipelines that were found without them: ranks of one stage exchange, on every stage those of the
     * same pipelines, or else the first stage and the last. What goes between other stages may be hops of one pipeline.
     *
     * @param errorNs how far apart the clocks of two devices may be
     */
    public boolean areBeside(List<FoundPipeline> pipelines, long errorNs) {
        List<List<Integer>> chains =
                pipelines.stream().map(FoundPipeline::devices).toList();
        return areOfStages(chains, NEAR_NS + errorNs) || areOfEnds(chains, NEAR_NS + errorNs);
    }

    private boolean areOfStages(List<List<Integer>> chains, long apartNs) {
        int[] size = new int[chains.size()];
        for (List<Integer> chain : chains) {
            int first = 0;
            while (first < chains.size() && !areTogether(chains.get(first), chain, apartNs)) {
                first++;
            }
            if (first == chains.size()) {
                return false;
            }
            size[first]++;
        }
        return Arrays.stream(size).noneMatch(together -> together == 1) && cover(chains);
    }

    /** Whether two chains exchange on every stage, at the same moments. */
    private boolean areTogether(List<Integer> one, List<Integer> other, long apartNs) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(place -> meet(one.get(place), other.get(place), apartNs));
    }

    private boolean areOfEnds(List<List<Integer>> chains, long apartNs) {
        return chains.stream()
                        .allMatch(chain -> chain.size() > 2
                                && meet(chain.get(0), chain.get(chain.size() - 1), apartNs)
                                && chain.subList(1, chain.size() - 1).stream().noneMatch(endsNs::containsKey))
                && cover(chains);
    }

    private boolean cover(List<List<Integer>> chains) {
        return endsNs.keySet().stream()
                .allMatch(device -> chains.stream().anyMatch(chain -> chain.contains(device)));
    }

    private boolean meet(int one, int other, long apartNs) {
        long[] own = endsNs.get(one);
        long[] others = endsNs.get(other);
        return own != null
                && others != null
                && own.length == others.length
                && IntStream.range(0, own.length).allMatch(i -> Math.abs(own[i] - others[i]) <= apartNs);
    }
}
