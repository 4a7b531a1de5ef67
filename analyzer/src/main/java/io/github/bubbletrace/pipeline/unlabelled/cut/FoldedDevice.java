package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The tasks of a device that holds two chunks of a V, one on the way down and one on the way up; whose its weight gradients
 * are shows when all are known ({@link FoldedSteps}).
 */
final class FoldedDevice {

    private static final String EARLY = "weight gradients run before their backwards";

    /** One of the two chunks, with the backwards that have no weight gradient yet. */
    private static final class Chunk {
        private final Tasks forward = new Tasks();
        private final Tasks backward = new Tasks();
        private final Tasks weight = new Tasks();
        private final List<Integer> weightOf = new ArrayList<>();
        private final Deque<Integer> owed = new ArrayDeque<>();

        Cut cut(int unexplained) {
            return new Cut(forward, backward, weight, List.copyOf(weightOf), unexplained, false);
        }
    }

    private final int place;
    private final boolean isLast;
    private final boolean isPartlySplit;
    private final Chunk down = new Chunk();
    private final Chunk up = new Chunk();
    private final FoldedSteps steps = new FoldedSteps();
    private final Tasks weights = new Tasks();
    private int owed;
    private int unexplained;

    /**
     * A device of which nothing is known yet.
     *
     * @param place its place in the chain
     * @param isPartlySplit whether some backwards have their weight gradients in them
     */
    FoldedDevice(int place, boolean isLast, boolean isPartlySplit) {
        this.place = place;
        this.isLast = isLast;
        this.isPartlySplit = isPartlySplit;
    }

    /** Adds a task whose output leaves, towards the last device or towards the first. */
    void sending(PhaseProgrammes.Programme programme, int first, int send, boolean towardsLast) {
        add((programme.phase() == Phase.F) == towardsLast, programme, first, send);
    }

    /** Whether some backward has no weight gradient yet. */
    boolean owes() {
        return owed > 0;
    }

    /** Whether the next weight gradient is of the chunk on the way down in most orders, given the chunks of all before. */
    boolean nextIsLikelyDown() {
        return steps.nextIsLikelyDown();
    }

    /** Adds a forward or a backward that sends nothing. */
    void silent(PhaseProgrammes.Programme programme, int first) throws NoPipelineException {
        if (place > 0 && !isLast) {
            throw new NoPipelineException("a device between others keeps what it computed");
        }
        add((programme.phase() == Phase.F) == isLast, programme, first, Operations.NONE);
    }

    private void add(boolean isDown, PhaseProgrammes.Programme programme, int first, int send) {
        Chunk chunk = isDown ? down : up;
        Tasks tasks = programme.phase() == Phase.F ? chunk.forward : chunk.backward;
        if (programme.isSplit()) {
            chunk.owed.add(tasks.size());
            owed++;
        }
        tasks.add(first, first + programme.length(), send);
        steps.add(programme.phase(), ChunkSide.of(isDown), programme.isSplit());
    }

    /**
     * Adds a weight gradient.
     *
     * @param side the chunk that its kernels show
     * @param isSure whether they can be of no other
     */
    void weight(ChunkSide side, boolean isSure, int first, int end) throws NoPipelineException {
        if (owed == 0) {
            throw new NoPipelineException(EARLY);
        }
        owed--;
        weights.add(first, end, Operations.NONE);
        steps.addWeight(side, isSure);
    }

    /** Gives each weight gradient to its chunk, when all tasks are added. */
    void share(FoldedOrders known) throws NoPipelineException {
        List<ChunkSide> sides = isPartlySplit ? steps.oldestFirst() : steps.inOrder(known, place);
        for (int w = 0; w < weights.size(); w++) {
            Chunk chunk = sides.get(w) == ChunkSide.DOWN ? down : up;
            chunk.weightOf.add(chunk.owed.remove());
            chunk.weight.add(weights.first(w), weights.end(w), Operations.NONE);
        }
    }

    /** Counts a kernel of no task. */
    void skip() {
        unexplained++;
    }

    /** How many kernels are in no task. */
    int unexplained() {
        return unexplained;
    }

    /** The chunk on the way down; kernels of no task count here. */
    Cut down() {
        return down.cut(unexplained);
    }

    /** The chunk on the way up. */
    Cut up() {
        return up.cut(0);
    }
}
