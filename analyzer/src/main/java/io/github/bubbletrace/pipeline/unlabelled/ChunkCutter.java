package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cuts the kernels of a device that holds several chunks with programmes of their own, as an embedding, a head or more layers
 * give them. Whatever is between two sends is one task; but at the ends of the ring tasks of the chunk whose output goes no
 * further lie before it: their kernels are those of the other phase, or else their programme is known from such places.
 */
final class ChunkCutter {

    private static final String UNEQUAL = "the kernels between transfers do not fall into tasks of equal programmes";

    private static final String OPEN =
            "the names of kernels do not tell forwards from backwards where chunks run different programmes";

    private final DeviceWork work;
    private final SendGroups groups;
    private final int chunkTasks;
    private final int silentTasks;
    private final Phase silentPhase;
    private final KnownTasks known;
    private final Map<List<Integer>, Integer> count = new HashMap<>();
    private final Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
    private List<Integer> silent = List.of();
    private int found;
    private int unexplained;

    /**
     * Prepares the cut.
     *
     * @param chunkTasks how many tasks of each phase a chunk runs
     * @param silentTasks how many tasks send nothing
     * @param silentPhase what those are
     * @param known tasks of stages all of whose tasks send
     */
    ChunkCutter(
            DeviceWork work, SendGroups groups, int chunkTasks, int silentTasks, Phase silentPhase, KnownTasks known) {
        this.work = work;
        this.groups = groups;
        this.chunkTasks = chunkTasks;
        this.silentTasks = silentTasks;
        this.silentPhase = silentPhase;
        this.known = known;
    }

    /** The tasks of the device. */
    Cut cut() throws NoPipelineException {
        if (silentTasks > 0) {
            learnSilent();
        }
        for (int g = 0; g < groups.size(); g++) {
            count.merge(names(g, begin(g)), 1, Integer::sum);
        }
        for (int g = 0; g < groups.size(); g++) {
            addGroup(g);
        }
        addTail();
        if (Math.abs(found - silentTasks) > KernelCounts.CUT_OFF + silentTasks / 50) {
            throw new NoPipelineException(UNEQUAL);
        }
        return new Cut(cut.forward(), cut.backward(), cut.weight(), unexplained, false);
    }

    /**
     * The shortest of what runs of the silent phase before something of the other is sent; or the part of it that all of them
     * make up as often as there are tasks, where several always follow each other.
     */
    private void learnSilent() throws NoPipelineException {
        int all = silentPhase == Phase.B ? groups.length(groups.size()) : 0;
        for (int g = 0; g < groups.size(); g++) {
            int length = isSilentPhase(g) ? 0 : otherBegin(g);
            all += length;
            if (length > 0 && (silent.isEmpty() || length < silent.size())) {
                silent = names(g, groups.start(g)).subList(0, length);
            }
        }
        if (silent.isEmpty()) {
            throw new NoPipelineException(OPEN);
        }
        int each = all / silentTasks;
        if (all % silentTasks == 0 && each > 0 && silent.size() % each == 0) {
            silent = silent.subList(0, each);
        }
    }

    private boolean isSilentPhase(int group) {
        return groups.isForward(group) == (silentPhase == Phase.F);
    }

    /** After how many kernels of a group what it sends begins, as far as names of kernels tell. */
    private int otherBegin(int group) throws NoPipelineException {
        int[] names = names(group, groups.start(group)).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        int at = known.beginning(names, 0, silentPhase, silentPhase == Phase.F ? Phase.B : Phase.F);
        if (at < 0) {
            throw new NoPipelineException(OPEN);
        }
        return at;
    }

    /** Where the task begins that a group ends with. */
    private int begin(int group) throws NoPipelineException {
        if (silentTasks == 0 || isSilentPhase(group)) {
            return groups.start(group);
        }
        return groups.start(group) + otherBegin(group);
    }

    private List<Integer> names(int group, int from) {
        return IntStream.range(from, groups.end(group)).mapToObj(work::name).toList();
    }

    private void addGroup(int g) throws NoPipelineException {
        int start = groups.start(g);
        int begin = begin(g);
        if (start < begin) {
            addSilent(start, begin);
        }
        List<Integer> names = names(g, begin);
        while (!isRegular(names) && begins(names)) {
            addSilent(begin, begin + silent.size());
            begin += silent.size();
            names = names(g, begin);
        }
        int skipped = 0;
        while (skipped < names.size() && !isRegular(names.subList(skipped, names.size()))) {
            skipped++;
        }
        if (skipped == names.size()) {
            throw new NoPipelineException(UNEQUAL);
        }
        unexplained += skipped;
        cut.tasks(groups.isForward(g) ? Phase.F : Phase.B).add(begin + skipped, groups.end(g), groups.send(g));
    }

    /** Whether a programme is run about as often as a chunk runs. */
    private boolean isRegular(List<Integer> names) {
        return 2 * count.getOrDefault(names, 0) > chunkTasks;
    }

    private boolean begins(List<Integer> names) {
        return !silent.isEmpty()
                && names.size() > silent.size()
                && names.subList(0, silent.size()).equals(silent);
    }

    /** Adds tasks that send nothing: the same programme over and over. */
    private void addSilent(int from, int to) throws NoPipelineException {
        int at = from;
        while (at < to && isSilentAt(at, to)) {
            cut.tasks(silentPhase).add(at, at + silent.size(), Operations.NONE);
            found++;
            at += silent.size();
        }
        unexplained += to - at;
        if (to - at >= silent.size()) {
            throw new NoPipelineException(UNEQUAL);
        }
    }

    private boolean isSilentAt(int at, int to) {
        return at + silent.size() <= to
                && Arrays.equals(
                        IntStream.range(at, at + silent.size()).map(work::name).toArray(),
                        silent.stream().mapToInt(Integer::intValue).toArray());
    }

    private void addTail() throws NoPipelineException {
        int start = groups.start(groups.size());
        int end = groups.end(groups.size());
        if (silentPhase == Phase.B && silentTasks > 0) {
            addSilent(start, end);
        } else {
            unexplained += end - start;
        }
    }
}
