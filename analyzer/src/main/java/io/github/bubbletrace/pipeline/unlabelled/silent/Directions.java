package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The directions of joined transfers whose kernels do not say which side sends. On a link either all go one way, or as many
 * go back as forth and none goes back before one has come; of the ways that this leaves the one is taken that fits best to
 * what both devices compute before and after.
 */
final class Directions {

    /** What contradicts the directions taken may be this share of what speaks for any. */
    private static final double MOST_AGAINST = 0.1;

    /** Another way must fit worse by this share. */
    private static final double LEAST_AHEAD = 0.05;

    private record Link(int low, int high) {}

    private final Operations operations;
    private final Sides sides;
    private double all;
    private double against;

    private Directions(List<DeviceWork> works, Operations operations, long toleranceNs, Sides.Posting posting) {
        this.operations = operations;
        sides = new Sides(works, operations, toleranceNs, posting);
    }

    /**
     * Gives every joined row whose role is unknown one.
     *
     * @return how sure that is, 0 to 1
     * @throws NoPipelineException where nothing tells
     */
    static double decide(List<DeviceWork> works, Operations operations, long toleranceNs, Sides.Posting posting)
            throws NoPipelineException {
        Directions directions = new Directions(works, operations, toleranceNs, posting);
        for (Map.Entry<Link, IntColumn> link : directions.links().entrySet()) {
            directions.decide(link.getValue().toArray());
        }
        return directions.all == 0 ? 0 : 1 - directions.against / directions.all;
    }

    /** The joined rows of unknown role of the device with the lower number, by link and end. */
    private Map<Link, IntColumn> links() {
        LongColumn ends = new LongColumn();
        for (int row = 0; row < operations.size(); row++) {
            ends.add(operations.endNs(row));
        }
        Map<Link, IntColumn> links =
                new TreeMap<>(Comparator.comparingInt(Link::low).thenComparingInt(Link::high));
        for (int row : RadixOrder.of(ends.toArray())) {
            int peer = operations.peer(row);
            boolean open = peer != Operations.NONE
                    && operations.role(row) == Operations.Role.UNKNOWN
                    && operations.device(row) < operations.device(peer);
            if (open) {
                links.computeIfAbsent(new Link(operations.device(row), operations.device(peer)), l -> new IntColumn())
                        .add(row);
            }
        }
        return links;
    }

    private void decide(int[] rows) throws NoPipelineException {
        double[] likely = new double[rows.length];
        double told = 0;
        for (int k = 0; k < rows.length; k++) {
            likely[k] = sides.sends(rows[k], operations.peer(rows[k]));
            told += Math.abs(likely[k]);
        }
        LinkPath[] ways = {
            LinkPath.oneWay(likely, true),
            LinkPath.oneWay(likely, false),
            LinkPath.bothWays(likely, true),
            LinkPath.bothWays(likely, false)
        };
        Arrays.sort(ways, Comparator.comparingDouble(LinkPath::against));
        if (told == 0 || ways[0].against() > MOST_AGAINST * told) {
            throw new NoPipelineException(
                    "kernels do not say whether they send or receive, nor does what is computed before"
                            + " and after them; record NCCL's own ranges with them (-t cuda,nvtx)");
        }
        if (ways[1].against() - ways[0].against() < LEAST_AHEAD * told) {
            throw new NoPipelineException(
                    "kernels do not say whether they send or receive, and what is computed before and"
                            + " after them leaves two ways; record NCCL's own ranges with them (-t cuda,nvtx)");
        }
        for (int k = 0; k < rows.length; k++) {
            int peer = operations.peer(rows[k]);
            operations.direct(ways[0].sends(k) ? rows[k] : peer, ways[0].sends(k) ? peer : rows[k]);
        }
        all += told;
        against += ways[0].against();
    }
}
