package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one of two stages may do next. What it sends it computes without anything received, what it receives leads to nothing
 * sent; so the programmes of its kernels tell which of the two stands between two transfers, or one after the other.
 * Immutable.
 */
final class PairTurns implements TurnRules {

    /** A device whose kernels between transfers are of more programmes than these runs no equal tasks. */
    private static final int MOST_PROGRAMMES = 16;

    private static final int NEW = 1;
    private static final int RECEIVED = 2;
    private static final int SENT = 4;
    private static final int MAY_SEND = 8;
    private static final int MAY_RECEIVE = 16;

    private static final int EMPTY = 1;
    private static final int SOURCE = 2;
    private static final int SINK = 4;
    private static final int SINK_AND_SOURCE = 8;

    /** What stands before each transfer may be. */
    private final int[] runs;

    private PairTurns(int[] runs) {
        this.runs = runs;
    }

    /** The ways to take the programmes of a device, which are few; none where there are none. */
    static List<PairTurns> of(DeviceWork work, LaunchOrder order, int device) {
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        int[] word = new int[order.size(device) + 1];
        for (int k = 0; k < word.length && numbers.size() <= MOST_PROGRAMMES; k++) {
            List<Integer> names = IntStream.range(order.first(device, k), order.end(device, k))
                    .map(work::name)
                    .boxed()
                    .toList();
            word[k] = names.isEmpty() ? 0 : numbers.computeIfAbsent(names, n -> numbers.size() + 1);
        }
        List<PairTurns> ways = new ArrayList<>();
        if (numbers.size() <= MOST_PROGRAMMES) {
            List<List<Integer>> programmes = new ArrayList<>(Collections.nCopies(numbers.size(), List.of()));
            numbers.forEach((names, number) -> programmes.set(number - 1, names));
            for (int source = 0; source <= programmes.size(); source++) {
                for (int sink = 0; sink <= programmes.size(); sink++) {
                    int[] kinds = kinds(programmes, source, sink);
                    if (kinds != null) {
                        ways.add(new PairTurns(
                                Arrays.stream(word).map(w -> kinds[w]).toArray()));
                    }
                }
            }
        }
        return ways;
    }

    /** What each programme is, where one is what is sent and one what was received, 0 none that stands alone; or null. */
    private static int[] kinds(List<List<Integer>> programmes, int source, int sink) {
        int[] kinds = new int[programmes.size() + 1];
        kinds[0] = EMPTY;
        int joined = 0;
        for (int w = 1; w < kinds.length; w++) {
            List<Integer> names = programmes.get(w - 1);
            boolean both = isBoth(
                    names,
                    sink == 0 ? List.of() : programmes.get(sink - 1),
                    source == 0 ? List.of() : programmes.get(source - 1));
            kinds[w] = (w == source ? SOURCE : 0) | (w == sink ? SINK : 0) | (both ? SINK_AND_SOURCE : 0);
            joined += both ? 1 : 0;
            if (kinds[w] == 0) {
                return null;
            }
        }
        return joined > 1 ? null : kinds;
    }

    /** Whether a programme is that of a sink and then that of a source, of which an empty one is not known. */
    private static boolean isBoth(List<Integer> names, List<Integer> sink, List<Integer> source) {
        int rest = names.size() - sink.size() - source.size();
        boolean whole = !sink.isEmpty() && !source.isEmpty();
        return (whole ? rest == 0 : rest > 0)
                && names.subList(0, sink.size()).equals(sink)
                && names.subList(names.size() - source.size(), names.size()).equals(source);
    }

    @Override
    public int begin() {
        return NEW;
    }

    @Override
    public int end() {
        return MAY_RECEIVE;
    }

    @Override
    public int work(int states, int k) {
        int run = runs[k];
        boolean sends = ((states & (NEW | SENT)) != 0 && (run & SOURCE) != 0)
                || ((states & RECEIVED) != 0 && (run & SINK_AND_SOURCE) != 0);
        boolean receives =
                ((states & (NEW | SENT)) != 0 && (run & EMPTY) != 0) || ((states & RECEIVED) != 0 && (run & SINK) != 0);
        return (sends ? MAY_SEND : 0) | (receives ? MAY_RECEIVE : 0);
    }

    @Override
    public int out(int states, int k) {
        return (states & MAY_SEND) == 0 ? 0 : SENT;
    }

    @Override
    public int in(int states, int k) {
        return (states & MAY_RECEIVE) == 0 ? 0 : RECEIVED;
    }

    @Override
    public int inAfterOut(int states, int k) {
        return (states & SENT) == 0 ? 0 : RECEIVED;
    }
}
