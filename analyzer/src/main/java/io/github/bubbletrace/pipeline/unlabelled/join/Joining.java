package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Joins both sides of transfers by their ends, and says where too many have no other side. */
public final class Joining {

    /** Where more than this share of sends and receives meets no other side, what they make up is not known. */
    private static final double MOST_ALONE = 0.1;

    /** The same for one device: a neighbour of it is not known. */
    private static final double MOST_ALONE_OF_DEVICE = 0.25;

    /** So many stages that a device sends to, or receives from, are looked for beyond one before and one after it: two a pass. */
    private static final int PASSES = 3;

    /** How far apart the ends of transfers of one moment are on one clock. */
    private static final long AT_ONCE_NS = 1_000;

    private Joining() {}

    /** What two neighbours of each device leave alone is sent past neighbours: those are looked for among what is left. */
    public static void byEnds(List<DeviceWork> works, Operations operations, long errorNs) {
        ComputedBefore computed = ComputedBefore.of(works, operations);
        int[] open = IntStream.range(0, operations.size())
                .filter(row -> operations.peer(row) == Operations.NONE)
                .toArray();
        boolean[][] neighbours = Neighbours.of(operations, works.size(), errorNs);
        EqualEnds.join(operations, neighbours, computed, errorNs);
        boolean more = true;
        for (int pass = 1; more && pass < PASSES && isOpen(operations, works.size()); pass++) {
            more = add(neighbours, Neighbours.of(operations, works.size(), errorNs));
            if (more) {
                operations.part(open);
                EqualEnds.join(operations, neighbours, computed, errorNs);
            }
        }
        PassedOn.join(operations, works.size(), AT_ONCE_NS + errorNs);
    }

    /** Makes {@code more} known too, and says whether it had anything new. */
    private static boolean add(boolean[][] known, boolean[][] more) {
        boolean added = false;
        for (int one = 0; one < known.length; one++) {
            for (int other = 0; other < known.length; other++) {
                added |= more[one][other] && !known[one][other];
                known[one][other] |= more[one][other];
            }
        }
        return added;
    }

    /** Whether operations that all say what they do are alone more often than captures cut them off. */
    private static boolean isOpen(Operations operations, int devices) {
        boolean[] alone = mostlyAlone(operations, devices);
        return !isSilent(operations)
                && (!isJoined(operations) || IntStream.range(0, devices).anyMatch(device -> alone[device]));
    }

    /** Whether nearly all sends and receives have their other side. */
    public static boolean isJoined(Operations operations) {
        return share(operations) >= 1 - MOST_ALONE;
    }

    /** The share of sends and receives that have their other side. */
    public static double share(Operations operations) {
        return (double) IntStream.range(0, operations.size())
                        .filter(row -> operations.peer(row) != Operations.NONE)
                        .count()
                / operations.size();
    }

    /** The devices of whose operations too many meet no other side. */
    public static boolean[] mostlyAlone(Operations operations, int devices) {
        int[] all = new int[devices];
        int[] single = new int[devices];
        for (int row = 0; row < operations.size(); row++) {
            all[operations.device(row)]++;
            single[operations.device(row)] += operations.peer(row) == Operations.NONE ? 1 : 0;
        }
        boolean[] alone = new boolean[devices];
        for (int device = 0; device < devices; device++) {
            alone[device] = single[device] > MOST_ALONE_OF_DEVICE * all[device];
        }
        return alone;
    }

    /** Whether some do not say whether they send or receive. */
    public static boolean isSilent(Operations operations) {
        return silent(operations) > 0;
    }

    private static long silent(Operations operations) {
        return IntStream.range(0, operations.size())
                .filter(row -> operations.role(row) == Operations.Role.UNKNOWN)
                .count();
    }

    /** What is missing to know what was sent to whom. */
    public static Optional<String> gap(Operations operations) {
        if (silent(operations) > MOST_ALONE * operations.size()) {
            return Optional.of("kernels do not say whether they send or receive; record NCCL's own ranges with them"
                    + " (-t cuda,nvtx)");
        }
        double alone = 1 - share(operations);
        if (alone > MOST_ALONE) {
            return Optional.of(
                    Math.round(100 * alone) + " % of the sends and receives end with no other side's: traces of"
                            + " ranks are missing, or this is other traffic than a pipeline's");
        }
        return Optional.empty();
    }
}
