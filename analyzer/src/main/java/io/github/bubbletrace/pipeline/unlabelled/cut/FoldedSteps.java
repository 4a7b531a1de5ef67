package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a device of a V runs, in order, and whose its weight gradients are. Names of kernels may tell, and it tells where one
 * chunk alone has a backward without one. Else a device that from one flush to the next runs just what ZB-V does there has
 * ZB-V's; what another order puts off may be of either chunk.
 */
final class FoldedSteps {

    private static final String EITHER = "nothing tells which of a device's two chunks weight gradients are of";

    /**
     * One of the tasks.
     *
     * @param isSplit whether it is a backward without its weight gradient
     * @param isSure whether its side is more than likely
     */
    private record Step(Phase phase, ChunkSide side, boolean isSplit, boolean isSure) {

        boolean mayBe(Action action, int place) {
            return phase == action.phase()
                    && (side == ChunkSide.EITHER || side == ChunkSide.of(action.chunk() == place));
        }
    }

    private final List<Step> steps = new ArrayList<>();

    /** Backwards on the way up without a weight gradient that is known to be of that chunk. */
    private int owedUp;

    /** Adds a forward or a backward. */
    void add(Phase phase, ChunkSide side, boolean isSplit) {
        steps.add(new Step(phase, side, isSplit, true));
        owedUp += isSplit && side == ChunkSide.UP ? 1 : 0;
    }

    /** Adds a weight gradient; {@code isSure} is whether its kernels can be of no other side. */
    void addWeight(ChunkSide side, boolean isSure) {
        steps.add(new Step(Phase.W, side, false, isSure));
        owedUp -= side == ChunkSide.UP ? 1 : 0;
    }

    /**
     * Whether a weight gradient that comes now is rather of the chunk on the way down: right after a backward it is mostly of
     * that one's chunk, else of the later chunk as long as that has one.
     */
    boolean nextIsLikelyDown() {
        Step last = steps.get(steps.size() - 1);
        return last.isSplit() ? last.side() == ChunkSide.DOWN : owedUp <= 0;
    }

    /** The chunk of each weight gradient where some backwards are whole: that of the oldest backward without one. */
    List<ChunkSide> oldestFirst() {
        List<ChunkSide> found = new ArrayList<>();
        Deque<ChunkSide> owed = new ArrayDeque<>();
        for (Step step : steps) {
            if (step.isSplit()) {
                owed.add(step.side());
            } else if (step.phase() == Phase.W) {
                found.add(owed.remove());
            }
        }
        return found;
    }

    /** The chunk of each weight gradient where all backwards are split. */
    List<ChunkSide> inOrder(FoldedOrders known, int place) throws NoPipelineException {
        List<ChunkSide> found = new ArrayList<>();
        int from = 0;
        int forwards = 0;
        int backwards = 0;
        int weights = 0;
        for (int s = 0; s < steps.size(); s++) {
            forwards += steps.get(s).phase() == Phase.F ? 1 : 0;
            backwards += steps.get(s).phase() == Phase.B ? 1 : 0;
            weights += steps.get(s).phase() == Phase.W ? 1 : 0;
            boolean isFlushed = forwards == backwards && backwards == weights;
            if (isFlushed || s + 1 == steps.size()) {
                found.addAll(of(steps.subList(from, s + 1), known.of(place, Math.max(1, forwards / 2)), place));
                from = s + 1;
                forwards = 0;
                backwards = 0;
                weights = 0;
            }
        }
        return found;
    }

    private static List<ChunkSide> of(List<Step> steps, List<Action> order, int place) throws NoPipelineException {
        boolean isKnown = steps.size() == order.size();
        for (int s = 0; isKnown && s < order.size(); s++) {
            isKnown = steps.get(s).mayBe(order.get(s), place);
        }
        return isKnown
                ? order.stream()
                        .filter(action -> action.phase() == Phase.W)
                        .map(action -> ChunkSide.of(action.chunk() == place))
                        .toList()
                : withoutChoice(steps);
    }

    private static List<ChunkSide> withoutChoice(List<Step> steps) throws NoPipelineException {
        List<ChunkSide> found = new ArrayList<>();
        int down = 0;
        int up = 0;
        for (Step step : steps) {
            if (step.isSplit()) {
                down += step.side() == ChunkSide.DOWN ? 1 : 0;
                up += step.side() == ChunkSide.UP ? 1 : 0;
            } else if (step.phase() == Phase.W) {
                ChunkSide side = step.isSure() ? step.side() : ChunkSide.of(up == 0);
                boolean isOpen = !step.isSure() && down > 0 && up > 0;
                boolean isOwed = (side == ChunkSide.DOWN ? down : up) > 0;
                if (isOpen || !isOwed || (step.side() != ChunkSide.EITHER && step.side() != side)) {
                    throw new NoPipelineException(EITHER);
                }
                found.add(side);
                down -= side == ChunkSide.DOWN ? 1 : 0;
                up -= side == ChunkSide.UP ? 1 : 0;
            }
        }
        return found;
    }
}
