package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
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

    /** More streams than communicators have; each costs a look at all operations. */
    private static final int MOST_STREAMS = 256;

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

    /**
     * Streams leave, at each step the one most of whose operations end at such moments, until at no moment more is sent than
     * received, or less.
     */
    private static BitSet ofDevice(Operations operations, int[] own) {
        int[] numbers = Arrays.stream(own)
                .map(operations::stream)
                .filter(number -> number != Operations.NONE)
                .distinct()
                .sorted()
                .toArray();
        int[] stream = Arrays.stream(own)
                .map(row -> Arrays.binarySearch(numbers, operations.stream(row)))
                .toArray();
        BitSet streams = new BitSet();
        streams.set(0, numbers.length <= MOST_STREAMS ? numbers.length : 0);
        for (int worst = 0; worst != Operations.NONE; ) {
            worst = leastBalanced(operations, own, stream, streams);
            if (worst != Operations.NONE) {
                streams.clear(worst);
            }
        }
        BitSet found = new BitSet();
        IntStream.range(0, own.length).filter(i -> isOn(streams, stream[i])).forEach(i -> found.set(own[i]));
        return found;
    }

    /** Of some streams that which has the greatest share of operations at unbalanced moments; none where all are balanced. */
    private static int leastBalanced(Operations operations, int[] own, int[] stream, BitSet streams) {
        int[] at = IntStream.range(0, own.length)
                .filter(i -> isOn(streams, stream[i]))
                .toArray();
        int[] all = new int[streams.length()];
        int[] unbalanced = new int[streams.length()];
        int from = 0;
        for (int i = 1; i <= at.length; i++) {
            all[stream[at[i - 1]]]++;
            boolean apart =
                    i == at.length || operations.endNs(own[at[i]]) - operations.endNs(own[at[i - 1]]) > AT_ONCE_NS;
            if (apart && !isBalanced(operations, Arrays.stream(at, from, i).map(j -> own[j]))) {
                Arrays.stream(at, from, i).forEach(j -> unbalanced[stream[j]]++);
            }
            from = apart ? i : from;
        }
        int worst = Operations.NONE;
        for (int s = streams.nextSetBit(0); s >= 0; s = streams.nextSetBit(s + 1)) {
            boolean worse = worst == Operations.NONE
                    ? unbalanced[s] > 0
                    : (long) unbalanced[s] * all[worst] > (long) unbalanced[worst] * all[s];
            worst = worse ? s : worst;
        }
        return worst;
    }

    /** Whether as many of some rows send as receive, and all do either. */
    private static boolean isBalanced(Operations operations, IntStream rows) {
        int[] sides = rows.map(row -> switch (operations.role(row)) {
                    case SEND -> 1;
                    case RECEIVE -> -1;
                    case UNKNOWN -> 0;
                })
                .toArray();
        return Arrays.stream(sides).sum() == 0 && Arrays.stream(sides).noneMatch(side -> side == 0);
    }

    private static boolean isOn(BitSet streams, int stream) {
        return stream >= 0 && streams.get(stream);
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
        return endsNs.keySet().stream().allMatch(device -> chains.stream().anyMatch(chain -> chain.contains(device)));
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
