package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.GroupWords;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;
import java.util.Set;

/**
 * Cuts the kernels of a device that holds several chunks with programmes of their own, as an embedding, a head or more layers
 * give them. Whatever is between two sends is one task; but at the ends of the ring tasks of the chunk whose output goes no
 * further lie before it. What is sent before any backward was is a forward alone, so that on the first device what else
 * lies before forwards shows; on the last one, where such a forward and its backward always follow each other, both are cut
 * from each other as pairs are on a chain.
 */
final class ChunkCutter {

    private static final String UNEQUAL = "the kernels between transfers do not fall into tasks of equal programmes";

    private final SendGroups groups;
    private final GroupWords words;
    private final int chunkTasks;
    private final int silentTasks;
    private final Phase silentPhase;

    /** Cuts forwards that send nothing from the backwards that they always lie right before. */
    interface Parting {

        /**
         * Both tasks of each pair.
         *
         * @param joint a forward and the backward after it as one task each
         */
        JointTasks parted(Tasks joint) throws NoPipelineException;
    }

    /**
     * Prepares the cut.
     *
     * @param chunkTasks how many tasks of each phase a chunk runs
     * @param silentTasks how many tasks send nothing
     * @param silentPhase what those are
     */
    ChunkCutter(DeviceWork work, SendGroups groups, int chunkTasks, int silentTasks, Phase silentPhase) {
        this.groups = groups;
        this.chunkTasks = chunkTasks;
        this.silentTasks = silentTasks;
        this.silentPhase = silentPhase;
        words = new GroupWords(work, groups);
    }

    /**
     * The tasks of the device.
     *
     * @param parting for the last stage
     */
    Cut cut(Parting parting) throws NoPipelineException {
        Set<Integer> alone = alone();
        if (silentTasks > 0 && silentPhase == Phase.F && isJoint(alone)) {
            return joint(alone, parting);
        }
        if (silentTasks > 0) {
            return new SilentProgramme(words, alone, silentPhase, silentTasks)
                    .cut()
                    .orElseThrow(() -> new NoPipelineException(UNEQUAL));
        }
        return sending(alone, new Tasks(), -1);
    }

    /** The words that are one task each. */
    private Set<Integer> alone() {
        int all = groups.size();
        int first = silentTasks == 0 || words.firstBackward() == 0 ? all : words.firstBackward();
        Set<Integer> alone = words.alone(true, first, chunkTasks);
        int mixed = silentTasks > 0 && silentPhase == Phase.B ? firstMixed(alone) : all;
        alone.addAll(words.alone(false, mixed, chunkTasks));
        return alone;
    }

    /** The first group after some backward that ends with a forward and has something before it. */
    private int firstMixed(Set<Integer> alone) {
        int g = words.firstBackward();
        while (g < groups.size() && (!groups.isForward(g) || alone.contains(words.of(g)))) {
            g++;
        }
        return g;
    }

    /** Whether every forward that sends nothing lies right before a backward: the first one that sends, and all its like. */
    private boolean isJoint(Set<Integer> alone) {
        int first = words.firstBackward();
        return first < groups.size()
                && alone.contains(words.of(first))
                && Math.abs(words.count(words.of(first)) - silentTasks) <= KernelCounts.CUT_OFF;
    }

    private Cut joint(Set<Integer> alone, Parting parting) throws NoPipelineException {
        Tasks joint = new Tasks();
        Cut cut = sending(alone, joint, words.of(words.firstBackward()));
        JointTasks parted = parting.parted(joint);
        return new Cut(
                cut.forward().merged(parted.tasks(Phase.F).orElseThrow()),
                cut.backward().merged(parted.tasks(Phase.B).orElseThrow()),
                cut.weight(),
                cut.unexplained(),
                parted.isByShare());
    }

    /** A task for each group: what it ends with. Those with one word, or that as their end, are put into {@code joint}. */
    private Cut sending(Set<Integer> alone, Tasks joint, int jointWord) throws NoPipelineException {
        Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
        int left = groups.length(groups.size());
        for (int g = 0; g < groups.size(); g++) {
            int end = end(words.of(g), alone);
            int first = groups.end(g) - words.word(end).length;
            left += first - groups.start(g);
            (end == jointWord ? joint : cut.tasks(groups.isForward(g) ? Phase.F : Phase.B))
                    .add(first, groups.end(g), groups.send(g));
        }
        return new Cut(cut.forward(), cut.backward(), cut.weight(), left, false);
    }

    /** A word itself where it is one task, else the longest that is and with which it ends. */
    private int end(int word, Set<Integer> alone) throws NoPipelineException {
        if (alone.contains(word)) {
            return word;
        }
        return alone.stream()
                .filter(end -> words.isForward(end) == words.isForward(word) && words.endsWith(word, end))
                .max((a, b) -> Integer.compare(words.word(a).length, words.word(b).length))
                .orElseThrow(() -> new NoPipelineException(UNEQUAL));
    }
}
