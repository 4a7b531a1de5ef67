package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The ways to give directions to transfers whose kernels do not say them. */
public final class SilentWays {

    /** One way; it may have none, and then says why. */
    public interface Way {
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
    public record Directed(Operations operations, double sure, String by) {}

    /** What turns tell. */
    static final String IN_TURN = "directions by the turns of receiving, computing and sending";

    /** How far apart the ends of transfers are that are one exchange, on one clock. */
    static final long NEAR_NS = 5_000;

    private SilentWays() {}

    /**
     * Choices of ways: where a choice has a way of another one that makes a pipeline, its others are none. Both sides of {@code
     * operations} are joined anew where that is closer.
     */
    public static List<List<Way>> all(List<DeviceWork> works, Operations operations, long errorNs) {
        Operations bare = operations.copy();
        bare.part(IntStream.range(0, bare.size()).toArray());
        List<List<Way>> choices = new ArrayList<>(StageRoles.of(works, bare, errorNs));
        NearestEnds.join(operations, works.size(), errorNs);
        Turns turns = Turns.of(works, operations, NEAR_NS + errorNs);
        for (boolean idles : new boolean[] {false, true}) {
            choices.add(List.of(() -> atOnce(works, turns, operations.copy(), errorNs, idles)));
        }
        for (Sides.Posting posting : Sides.Posting.values()) {
            choices.add(List.of(() -> around(works, turns.order(), operations.copy(), errorNs, posting)));
        }
        return choices;
    }

    /** Turns of neighbours whose kernels may send and receive at once. */
    private static Directed atOnce(
            List<DeviceWork> works, Turns turns, Operations operations, long errorNs, boolean idles)
            throws NoPipelineException {
        int[] kinds = TurnWays.of(works, turns, operations, idles);
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

    private static Directed around(
            List<DeviceWork> works, LaunchOrder order, Operations operations, long errorNs, Sides.Posting posting)
            throws NoPipelineException {
        double sure = Directions.decide(works, operations, errorNs, posting);
        InOrder.join(order, operations, errorNs);
        return new Directed(operations, sure, "directions by what is computed before and after");
    }
}
