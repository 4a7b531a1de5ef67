package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The programmes of the two chunks that a device of a V holds, where they are its own: an embedding, a head or more layers
 * make them differ. All backwards are split. Between the ends whatever is sent shows: the first forward that leaves each way
 * runs nothing else, a backward is the shortest of what else leaves that way, and a weight gradient the shortest of what
 * follows a backward. At the ends names of kernels say where one phase follows another.
 */
final class ChunkProgrammes {

    private static final String OPEN =
            "stages run different programmes, and kernels do not tell which tasks they are of";

    private static final int[] NONE = {};

    /** Programmes on the way down and on the way up. */
    private final Map<Phase, int[]> down = new EnumMap<>(Phase.class);

    private final Map<Phase, int[]> up = new EnumMap<>(Phase.class);

    /** The programme of a phase on one of the two chunks. */
    int[] of(Phase phase, boolean isDown) {
        return (isDown ? down : up).getOrDefault(phase, NONE);
    }

    /** Whether a programme stands at a place of {@code names}. */
    boolean isAt(Phase phase, boolean isDown, int[] names, int from) {
        int[] programme = of(phase, isDown);
        int end = from + programme.length;
        return programme.length > 0
                && from >= 0
                && end <= names.length
                && Arrays.equals(names, from, end, programme, 0, programme.length);
    }

    private void learn(Phase phase, boolean isDown, int[] names) {
        int[] known = of(phase, isDown);
        if (names.length > 0 && (known.length == 0 || names.length < known.length)) {
            (isDown ? down : up).put(phase, names);
        }
    }

    /**
     * Those of a device between the ends.
     *
     * @param groups what ran between its sends, in order
     * @param towardsLast which way each of them left
     */
    static ChunkProgrammes between(List<int[]> groups, boolean[] towardsLast) throws NoPipelineException {
        ChunkProgrammes found = new ChunkProgrammes();
        for (int g = 0; g < groups.size(); g++) {
            boolean isDown = towardsLast[g];
            if (found.of(Phase.F, isDown).length == 0) {
                found.learn(Phase.F, isDown, groups.get(g));
            } else if (!found.endsWith(Phase.F, isDown, groups.get(g))) {
                found.learn(Phase.B, !isDown, groups.get(g));
            }
        }
        for (int g = 1; g < groups.size(); g++) {
            boolean wasDown = !towardsLast[g - 1];
            if (found.endsWith(Phase.B, wasDown, groups.get(g - 1))) {
                found.learn(Phase.W, wasDown, found.before(groups.get(g), towardsLast[g]));
            }
        }
        found.requireAll();
        return found;
    }

    private boolean endsWith(Phase phase, boolean isDown, int[] names) {
        return isAt(phase, isDown, names, names.length - of(phase, isDown).length);
    }

    /** What ran before the task with which a group ends. */
    private int[] before(int[] names, boolean towardsLast) {
        int[] last = endsWith(Phase.F, towardsLast, names)
                ? of(Phase.F, towardsLast)
                : endsWith(Phase.B, !towardsLast, names) ? of(Phase.B, !towardsLast) : names;
        return Arrays.copyOf(names, names.length - last.length);
    }

    /**
     * Those of the device at an end.
     *
     * @param isFirst whether it is the first one; all that is sent leaves one way
     * @param phases what tasks of each phase look like between the ends
     */
    static ChunkProgrammes atEnd(List<int[]> groups, boolean isFirst, KnownTasks phases) throws NoPipelineException {
        ChunkProgrammes found = new ChunkProgrammes();
        Phase before = Phase.F;
        for (int[] names : groups) {
            List<PhaseRuns.Run> runs = PhaseRuns.of(names, phases);
            for (int r = 0; r < runs.size(); r++) {
                PhaseRuns.Run run = runs.get(r);
                boolean isSent = r + 1 == runs.size();
                int[] own = Arrays.copyOfRange(names, run.from(), run.to());
                if (run.phase() != Phase.W) {
                    found.learn(run.phase(), isSent == (isFirst == (run.phase() == Phase.F)), own);
                } else if (before == Phase.B) {
                    found.learn(Phase.W, r == 0 != isFirst, own);
                }
                before = run.phase();
            }
        }
        found.requireAll();
        return found;
    }

    private void requireAll() throws NoPipelineException {
        for (Phase phase : List.of(Phase.F, Phase.B, Phase.W)) {
            if (of(phase, true).length == 0 || of(phase, false).length == 0) {
                throw new NoPipelineException(OPEN);
            }
        }
    }
}
