package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.chain.Hops;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cuts stages in their order, middle ones first: they show what the ends leave open. On the last stage a forward sends
 * nothing, on the first a backward, and a weight gradient nowhere.
 */
public final class StageCutter {

    private static final String UNEQUAL = "the kernels between transfers do not fall into tasks of equal programmes";

    private final Hops hops;
    private final boolean weights;
    private final Operations operations;
    private final long toleranceNs;
    private final KnownTasks known = new KnownTasks();
    private final Stage[] stages;
    private final DeviceWork[] works;

    /** @param weights whether weight gradients are tasks of their own */
    public StageCutter(DeviceWork[] works, Hops hops, boolean weights, Operations operations, long toleranceNs) {
        this.hops = hops;
        this.weights = weights;
        this.operations = operations;
        this.toleranceNs = toleranceNs;
        this.works = works.clone();
        stages = new Stage[works.length];
    }

    /** The stages, first to last. */
    public Stage[] cut() throws NoPipelineException {
        int last = stages.length - 1;
        for (int place = 1; place < last; place++) {
            Cut cut = weights ? withWeights(place) : plain(place);
            known.add(works[place], cut, Phase.F, Phase.B, Phase.W, Phase.R);
            stages[place] = stage(place, cut);
        }
        if (weights) {
            cutEndsWithWeights(last);
        } else {
            cutEnds(last);
        }
        return stages;
    }

    private void cutEnds(int last) throws NoPipelineException {
        stages[0] = stage(0, plain(0));
        known.add(works[0], stages[0].cut(), Phase.F, Phase.B, Phase.R);
        Cut cut = plain(last);
        stages[last] = stage(last, cut);
        if (known.contradicts(works[last], cut.forward(), Phase.F, Phase.B)) {
            throw new NoPipelineException(
                    "what the last stage's transfers say are forwards has the kernels of backwards");
        }
    }

    /** A backward of the first stage and its weight gradient send nothing; where both always follow each other they are one at first. */
    private void cutEndsWithWeights(int last) throws NoPipelineException {
        Cut first = ForwardAgain.parted(
                works[0], new TaskCutter(works[0], groups(0), backwardReceives(0).length, Phase.B).byCounts());
        known.add(works[0], first, Phase.F, Phase.R);
        Cut end = withWeights(last);
        known.expect(Phase.B, first.backward().usualLength() - end.weight().usualLength());
        requireAsMany(end.backward().size(), forwardReceives(last).length);
        end = jointly(last, end, end.backward(), Phase.F, Phase.B);
        known.add(works[last], end, Phase.F, Phase.B, Phase.W);
        stages[last] = stage(last, end);
        if (first.backward().likeness(works[0]) < Weights.ALIKE
                || first.backward().usualLength() <= known.kernels(Phase.W)) {
            throw new NoPipelineException(
                    "backwards of the first stage and their weight gradients do not follow each other");
        }
        Cut parted = first.with(new JointTasks(works[0], first.backward(), Phase.B, Phase.W, known, new int[0]));
        if (parted.backward().size() != first.backward().size()) {
            throw new NoPipelineException(UNEQUAL);
        }
        stages[0] = stage(0, parted);
    }

    /** Weight gradients send nothing, so on stages whose backwards send they show. */
    private Cut withWeights(int place) throws NoPipelineException {
        int backwards = backwardSends(place).length;
        Cut cut = new TaskCutter(works[place], groups(place), backwards, Phase.W).byCounts();
        if (!Weights.show(works[place], cut, backwards)) {
            throw new NoPipelineException("not every stage runs weight gradients as tasks of their own");
        }
        return ForwardAgain.parted(works[place], cut);
    }

    private static void requireAsMany(int tasks, int receives) throws NoPipelineException {
        if (Math.abs(tasks - receives) > KernelCounts.CUT_OFF + receives / 50) {
            throw new NoPipelineException("forwards and backwards of the last stage do not follow each other");
        }
    }

    private Cut plain(int place) throws NoPipelineException {
        SendGroups groups = groups(place);
        int forwards = forwardReceives(place).length - forwardSends(place).length;
        int backwards = backwardReceives(place).length - backwardSends(place).length;
        boolean last = place == stages.length - 1 && (place > 0 || forwards >= backwards);
        int silent = last ? forwards : place == 0 ? backwards : 0;
        Phase phase = last ? Phase.F : Phase.B;
        TaskCutter cutter = new TaskCutter(works[place], groups, Math.max(0, silent), phase);
        if (groups.size() == 0) {
            return cutter.byReceives(endsNs(last ? forwardReceives(place) : backwardReceives(place)));
        }
        if (hops.isOfChunks()) {
            return ForwardAgain.parted(works[place], chunks(place, cutter, groups, Math.max(0, silent), phase));
        }
        Cut cut = cutter.isSeparable() ? cutter.byCounts() : jointly(place, groups, silent, phase);
        return ForwardAgain.parted(works[place], cut);
    }

    /** Chunks of equal programmes by the numbers of their kernels, others by names. */
    private Cut chunks(int place, TaskCutter cutter, SendGroups groups, int silent, Phase phase)
            throws NoPipelineException {
        int last = stages.length - 1;
        int chunkTasks = forwardReceives(last).length - forwardSends(last).length;
        if (cutter.isEven() && cutter.leavesOver() <= chunkTasks / 2) {
            return cutter.byCounts();
        }
        return new ChunkCutter(works[place], groups, chunkTasks, silent, phase).cut(joint -> parting(place, joint));
    }

    /** Forwards of the last chunk and its backwards; with recomputations in between there is nothing to compare them with. */
    private JointTasks parting(int place, Tasks joint) throws NoPipelineException {
        if (known.kernels(Phase.R) > 0) {
            throw new NoPipelineException(UNEQUAL);
        }
        return new JointTasks(works[place], joint, Phase.F, Phase.B, known, posted(place));
    }

    /** Where each task that sends follows one that does not, and never shows apart from it. */
    private Cut jointly(int place, SendGroups groups, int silent, Phase phase) throws NoPipelineException {
        Phase sending = phase == Phase.F ? Phase.B : Phase.F;
        Cut cut = new TaskCutter(works[place], groups, 0, phase).byCounts();
        if (silent != groups.size() || cut.tasks(sending).size() != silent) {
            throw new NoPipelineException(UNEQUAL);
        }
        return jointly(place, cut, cut.tasks(sending), phase, sending);
    }

    /** Where backwards of other stages begin with recomputations, those of this one may. */
    private Cut jointly(int place, Cut cut, Tasks joint, Phase one, Phase other) throws NoPipelineException {
        boolean isPlain =
                known.kernels(Phase.R) == 0 || joint.usualLength() == known.kernels(Phase.F) + known.kernels(Phase.B);
        KnownTasks expected = isPlain ? known : known.withRecomputed(one);
        Cut parted = cut.with(new JointTasks(works[place], joint, one, other, expected, posted(place)));
        return isPlain || one != Phase.F ? parted : ForwardTwice.parted(works[place], parted, known.kernels(Phase.F));
    }

    private SendGroups groups(int place) {
        return new SendGroups(works[place], operations, forwardSends(place), backwardSends(place));
    }

    private Stage stage(int place, Cut cut) {
        return new Stage(works[place], operations, forwardReceives(place), backwardReceives(place), cut, toleranceNs);
    }

    private int[] forwardSends(int place) {
        return hops.sends(place, true);
    }

    private int[] backwardSends(int place) {
        return hops.sends(place, false);
    }

    private int[] forwardReceives(int place) {
        return hops.receives(place, true);
    }

    private int[] backwardReceives(int place) {
        return hops.receives(place, false);
    }

    private long[] endsNs(int[] rows) {
        return Arrays.stream(rows).mapToLong(operations::endNs).toArray();
    }

    private int[] posted(int place) {
        return IntStream.concat(Arrays.stream(forwardReceives(place)), Arrays.stream(backwardReceives(place)))
                .map(row -> works[place].launchedBefore(operations.issuedNs(row)))
                .toArray();
    }
}
