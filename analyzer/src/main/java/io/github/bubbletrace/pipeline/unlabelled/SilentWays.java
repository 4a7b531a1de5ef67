package io.github.bubbletrace.pipeline.unlabelled;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The ways to give directions to transfers whose kernels do not say them. */
final class SilentWays {

    /** One way; it may have none, and then says why. */
    interface Way {
        /** Decides all directions. */
        Directed decide() throws NoPipelineException;
    }

    /**
     * Transfers with their directions.
     *
     * @param operations the rows; kernels that send and receive at once are two rows
     * @param sure how sure that is, 0 to 1
     * @param by what tells
     */
    record Directed(Operations operations, double sure, String by) {}

    private static final String IN_TURN = "directions by the turns of receiving, computing and sending";

    /** How far apart the ends of transfers are that are one exchange, on one clock. */
    private static final long NEAR_NS = 5_000;

    private SilentWays() {}

    /** All ways; both sides of {@code operations} are joined anew where that is closer. */
    static List<Way> all(List<DeviceWork> works, Operations operations, long errorNs) {
        List<Way> ways = new ArrayList<>();
        Operations bare = operations.copy();
        bare.part(IntStream.range(0, bare.size()).toArray());
        for (boolean idles : new boolean[] {false, true}) {
            ways.add(() -> byRoles(works, bare.copy(), errorNs, idles));
        }
        NearestEnds.join(operations, works.size(), errorNs);
        Turns turns = Turns.of(works, operations, NEAR_NS + errorNs);
        for (boolean idles : new boolean[] {false, true}) {
            for (boolean isFused : new boolean[] {false, true}) {
                ways.add(() -> inTurn(works, turns, operations.copy(), errorNs, isFused, idles));
            }
        }
        for (Sides.Posting posting : Sides.Posting.values()) {
            ways.add(() -> around(works, turns, operations.copy(), errorNs, posting));
        }
        return ways;
    }

    private static Directed around(
            List<DeviceWork> works, Turns turns, Operations operations, long errorNs, Sides.Posting posting)
            throws NoPipelineException {
        double sure = Directions.decide(works, operations, errorNs, posting);
        InOrder.join(turns.order(), operations, errorNs);
        return new Directed(operations, sure, "directions by what is computed before and after");
    }

    private static Directed byRoles(List<DeviceWork> works, Operations operations, long errorNs, boolean idles)
            throws NoPipelineException {
        EndGroups moments = new EndGroups(operations, row -> true, NEAR_NS + errorNs);
        int[] left = RoleTurns.of(LaunchOrder.of(works, operations, row -> true), operations, moments, idles);
        for (int row = 0; row < left.length; row++) {
            if (Integer.bitCount(left[row]) > 1) {
                throw new NoPipelineException("OPEN");
            }
            operations.say(row, left[row] == TurnRules.OUT ? Operations.Role.SEND : Operations.Role.RECEIVE);
        }
        Joining.byEnds(works, operations, errorNs);
        return new Directed(operations, Joining.share(operations), IN_TURN);
    }

    private static Directed inTurn(
            List<DeviceWork> works, Turns turns, Operations operations, long errorNs, boolean isFused, boolean idles)
            throws NoPipelineException {
        int[] kinds = TurnWays.of(works, turns, operations, isFused, idles);
        int[] both = IntStream.range(0, kinds.length)
                .filter(row -> kinds[row] == TurnRules.BOTH && row < operations.peer(row))
                .toArray();
        for (int row = 0; row < kinds.length; row++) {
            if (kinds[row] == TurnRules.OUT) {
                operations.direct(row, operations.peer(row));
            }
        }
        turns.straighten(operations);
        if (both.length == 0) {
            InOrder.join(turns.order(), operations, errorNs);
            return new Directed(operations, 1, IN_TURN);
        }
        return new Directed(
                operations.exchanged(both),
                1,
                IN_TURN + "; " + both.length + " kernels a side send and receive at once");
    }
}
