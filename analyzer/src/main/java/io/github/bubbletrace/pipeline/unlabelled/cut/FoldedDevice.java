package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The tasks of a device that holds two chunks of a V, one on the way down and one on the way up. Nothing shows which of them
 * a weight gradient is of. Where only some backwards are split (DualPipe-V) it is taken for the oldest one's that has none
 * yet; where all are (ZB-V) right after a backward for that chunk's, else for the later chunk's as long as that has one.
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

    private final boolean isFirst;
    private final boolean isLast;
    private final boolean isPartlySplit;
    private final Chunk down = new Chunk();
    private final Chunk up = new Chunk();
    private final Deque<Chunk> owed = new ArrayDeque<>();
    private int unexplained;
    private Chunk before;

    /** @param isPartlySplit whether some backwards have their weight gradients in them */
    FoldedDevice(boolean isFirst, boolean isLast, boolean isPartlySplit) {
        this.isFirst = isFirst;
        this.isLast = isLast;
        this.isPartlySplit = isPartlySplit;
    }

    /** Adds a task whose output leaves, towards the last device or towards the first. */
    void sending(PhaseProgrammes.Programme programme, int first, int send, boolean towardsLast) {
        add((programme.phase() == Phase.F) == towardsLast ? down : up, programme, first, send);
    }

    /** Whether some backward has no weight gradient yet. */
    boolean owes() {
        return !owed.isEmpty();
    }

    /** Whether the next weight gradient is of the chunk on the way down. */
    boolean nextWeightIsDown() throws NoPipelineException {
        return nextWeighed() == down;
    }

    /** Adds a task that sends nothing. */
    void silent(PhaseProgrammes.Programme programme, int first) throws NoPipelineException {
        if (programme.phase() == Phase.W) {
            addWeight(first, first + programme.length());
        } else if (isFirst || isLast) {
            add((programme.phase() == Phase.F) == isLast ? down : up, programme, first, Operations.NONE);
        } else {
            throw new NoPipelineException("a device between others keeps what it computed");
        }
    }

    private void add(Chunk chunk, PhaseProgrammes.Programme programme, int first, int send) {
        Tasks tasks = programme.phase() == Phase.F ? chunk.forward : chunk.backward;
        if (programme.isSplit()) {
            chunk.owed.add(tasks.size());
            owed.add(chunk);
        }
        tasks.add(first, first + programme.length(), send);
        before = programme.isSplit() ? chunk : null;
    }

    private Chunk nextWeighed() throws NoPipelineException {
        if (owed.isEmpty()) {
            throw new NoPipelineException(EARLY);
        }
        return isPartlySplit
                ? owed.element()
                : before != null && !before.owed.isEmpty() ? before : up.owed.isEmpty() ? down : up;
    }

    private void addWeight(int first, int end) throws NoPipelineException {
        Chunk chunk = nextWeighed();
        owed.removeFirstOccurrence(chunk);
        chunk.weightOf.add(chunk.owed.remove());
        chunk.weight.add(first, end, Operations.NONE);
        before = null;
    }

    /** Counts a kernel of no task. */
    void skip() {
        unexplained++;
    }

    /** How many kernels are in no task. */
    int unexplained() {
        return unexplained;
    }

    /** Whether every backward that is split has its weight gradient. */
    boolean isPaid() {
        return owed.isEmpty();
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
