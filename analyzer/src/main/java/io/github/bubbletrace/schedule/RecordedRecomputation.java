package io.github.bubbletrace.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The recomputations of one recorded iteration. Frameworks run them right before their backwards; where most do so their
 * place is compared with that, elsewhere (some zero-bubble runs move them into waits) they are left out of the comparison.
 *
 * @param actions every recomputation
 * @param place {@code full}, {@code partial} or {@code elsewhere}; null where there are none
 */
record RecordedRecomputation(Set<Action> actions, String place) {

    static final String FULL = "full";
    static final String PARTIAL = "partial";
    static final String ELSEWHERE = "elsewhere";

    /** Recomputations stay where they are, and none are expected beyond those of the compared order. */
    static final RecordedRecomputation AS_RECORDED = new RecordedRecomputation(Set.of(), FULL);

    static RecordedRecomputation of(List<List<Action>> recorded) {
        Set<Action> actions = new HashSet<>();
        int ahead = 0;
        int backwards = 0;
        for (List<Action> order : recorded) {
            for (int i = 0; i < order.size(); i++) {
                Action action = order.get(i);
                backwards += action.phase() == Phase.B ? 1 : 0;
                if (action.phase() == Phase.R) {
                    actions.add(action);
                    ahead += isRightBefore(order, i) ? 1 : 0;
                }
            }
        }
        return new RecordedRecomputation(Set.copyOf(actions), place(actions.size(), ahead, backwards));
    }

    boolean isCompared() {
        return FULL.equals(place) || PARTIAL.equals(place);
    }

    /** Whether {@code backward} has a recomputation whose place is compared. */
    boolean isComparedBefore(Action backward) {
        return backward.phase() == Phase.B && isCompared() && actions.contains(of(backward));
    }

    /** The recomputation that {@code backward} would have. */
    static Action of(Action backward) {
        return new Action(Phase.R, backward.chunk(), backward.microBatch());
    }

    private static String place(int count, int ahead, int backwards) {
        if (count == 0) {
            return null;
        }
        if (2 * ahead <= count) {
            return ELSEWHERE;
        }
        return count == backwards ? FULL : PARTIAL;
    }

    /** A backward that runs beside a forward may come second. */
    private static boolean isRightBefore(List<Action> order, int at) {
        Action wanted = new Action(Phase.B, order.get(at).chunk(), order.get(at).microBatch());
        return order.subList(at + 1, Math.min(order.size(), at + 3)).contains(wanted);
    }
}
