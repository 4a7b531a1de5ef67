package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.GroupWords;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The hops of a ring of two, where outputs of forwards and of backwards go the same way, by names of kernels: what a device
 * computes before anything has come is a forward, and so is what has no other kernels than those; a backward has some of its
 * own. Before a forward there may lie backwards that send nothing, so what ends with the whole of a forward known is one.
 * Immutable.
 */
public final class PairHops implements Hops {

    private final Operations operations;
    private final int[][] forwards = new int[2][];
    private final int[][] backwards = new int[2][];

    /**
     * Tells them apart.
     *
     * @throws NoPipelineException where a device's kernels do not say which of its sends are of forwards
     */
    public PairHops(DeviceWork[] works, StageChain chain, Traffic traffic) throws NoPipelineException {
        operations = traffic.operations();
        GroupWords[] words = new GroupWords[2];
        Set<Integer> names = new HashSet<>();
        for (int place = 0; place < 2; place++) {
            int[] sends = traffic.sends(chain.devices().get(place), chain.after(place));
            words[place] = new GroupWords(works[place], new SendGroups(works[place], operations, sends, new int[0]));
            int[] came = traffic.sends(chain.before(place), chain.devices().get(place));
            long cameNs = came.length == 0 ? Long.MAX_VALUE : operations.endNs(operations.peer(came[0]));
            SendGroups groups = words[place].groups();
            for (int g = 0; g < groups.size() && (g == 0 || operations.startNs(groups.send(g)) < cameNs); g++) {
                Arrays.stream(words[place].names(g)).forEach(names::add);
            }
        }
        for (int place = 0; place < 2; place++) {
            tell(words[place], names, place);
        }
    }

    private void tell(GroupWords words, Set<Integer> names, int place) {
        boolean[] isForward = new boolean[words.size()];
        for (int word = 0; word < isForward.length; word++) {
            isForward[word] = Arrays.stream(words.word(word)).allMatch(names::contains);
        }
        boolean[] alone = isForward.clone();
        for (int word = 0; word < isForward.length; word++) {
            for (int end = 0; end < isForward.length; end++) {
                isForward[word] |= alone[end] && words.endsWith(word, end);
            }
        }
        IntColumn forth = new IntColumn();
        IntColumn back = new IntColumn();
        for (int g = 0; g < words.groups().size(); g++) {
            (isForward[words.of(g)] ? forth : back).add(words.groups().send(g));
        }
        forwards[place] = forth.toArray();
        backwards[place] = back.toArray();
    }

    @Override
    public int[] sends(int place, boolean forward) {
        return forward ? forwards[place] : backwards[place];
    }

    @Override
    public int[] receives(int place, boolean forward) {
        return operations.byEnd(Arrays.stream(sends(1 - place, forward)).map(operations::peer));
    }

    @Override
    public boolean isOfChunks() {
        return true;
    }
}
