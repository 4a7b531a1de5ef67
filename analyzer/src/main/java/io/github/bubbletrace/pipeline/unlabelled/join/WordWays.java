package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which way what a device computes is sent, as far as it is known: a stage sends the outputs of forwards one way and those of
 * backwards the other, and the kernels before them are others. What nothing is known of is as its longest end that
 * something is known of: tasks that send nothing lie before it.
 */
final class WordWays {

    /** A way that a smaller share of what is known of a word took is not its own. */
    private static final double SELDOM = 0.1;

    /** A device that runs more words than these runs no equal tasks. */
    private static final int MOST_WORDS = 64;

    private final Operations operations;
    private final ComputedBefore computed;
    private final int devices;

    /** For each device the words that something is known of, with how often they went to each other device. */
    private final Map<Integer, TreeMap<Integer, int[]>> known = new HashMap<>();

    WordWays(Operations operations, ComputedBefore computed, int devices) {
        this.operations = operations;
        this.computed = computed;
        this.devices = devices;
    }

    /** Notes that a send surely went to a device. */
    void note(int send, int receiver) {
        int word = computed.word(send);
        TreeMap<Integer, int[]> own = known.computeIfAbsent(operations.device(send), device -> new TreeMap<>());
        if (word != ComputedBefore.NOTHING && (own.size() < MOST_WORDS || own.containsKey(word))) {
            own.computeIfAbsent(word, w -> new int[devices])[receiver]++;
        }
    }

    /** What is known of what was computed before a send. */
    enum Way {
        /** Nothing. */
        OPEN,
        /** It goes to that device. */
        THERE,
        /** It goes there as well as elsewhere. */
        EITHER,
        /** It goes elsewhere. */
        ELSEWHERE
    }

    /** Whether what was computed before a send goes to a device. */
    Way way(int send, int receiver) {
        int[] ways = ways(send);
        if (ways.length == 0) {
            return Way.OPEN;
        }
        double share = (double) ways[receiver] / Arrays.stream(ways).sum();
        return share < SELDOM ? Way.ELSEWHERE : share > 1 - SELDOM ? Way.THERE : Way.EITHER;
    }

    private int[] ways(int send) {
        int word = computed.word(send);
        TreeMap<Integer, int[]> own = known.get(operations.device(send));
        if (word == ComputedBefore.NOTHING || own == null) {
            return new int[0];
        }
        int best = own.containsKey(word) ? word : ComputedBefore.NOTHING;
        for (int end : best == ComputedBefore.NOTHING ? own.keySet() : Set.<Integer>of()) {
            boolean isLonger = best == ComputedBefore.NOTHING || computed.length(end) > computed.length(best);
            best = isLonger && computed.endsWith(word, end) ? end : best;
        }
        return best == ComputedBefore.NOTHING ? new int[0] : own.get(best);
    }
}
