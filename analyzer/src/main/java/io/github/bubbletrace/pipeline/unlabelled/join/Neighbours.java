package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which devices transfer to each other. Whatever a stage sends or receives ends together with an operation of one of its
 * two neighbours; so a device's neighbours are the one or two others that together were there at the end of nearly all its
 * operations. Stages in lockstep end operations of many pairs at once, but not while the pipeline fills and drains; where
 * that leaves a choice, the fewest directions of transfer that explain as much are taken: on a ring in step whoever sends to
 * a device explains all that it receives, any other only with a second one. Among as few those are taken that some moment
 * shows alone, and that the other device takes as well.
 */
final class Neighbours {

    /** How far apart two ends of a pair may be to count here. */
    private static final long NEAR_NS = 20_000;

    /** Ends this far apart say half as much as equal ones. */
    private static final double HALF_NS = 2_000;

    /** Of one device's possible neighbours, so many that it meets most often are looked at. */
    private static final int CANDIDATES = 8;

    /** A direction is taken where it explains more than this share of a device's operations. */
    private static final double WORTH = 0.0005;

    /** Nor is a second neighbour, in both directions, taken for less than one operation. */
    private static final double LEAST_WORTH = 0.25;

    /** So much less must a direction explain that both devices take; of four none outweighs one that is not needed. */
    private static final double AGREED = 0.1;

    /** So much less must a direction explain that some moment shows alone. */
    private static final double SHOWN = 0.14;

    /** Two devices that explain less than this of each other's operations are no neighbours. */
    private static final double LEAST = 0.1;

    private static final Operations.Role[] ROLES = Operations.Role.values();

    private final Operations operations;
    private final int devices;
    private final EndGroups groups;
    private final double[][] weight;
    private final int[][] candidates;
    private final long[][][] seen;
    private final boolean[][][] taken;
    private final long[] count;
    private final LoneEnds proof;

    private Neighbours(Operations operations, int devices, long errorNs) {
        this.operations = operations;
        this.devices = devices;
        groups = new EndGroups(operations, row -> operations.peer(row) == Operations.NONE, NEAR_NS + errorNs);
        weight = new double[devices][devices];
        candidates = new int[devices][];
        seen = new long[ROLES.length][devices][1 << CANDIDATES];
        taken = new boolean[ROLES.length][devices][devices];
        count = new long[devices];
        proof = new LoneEnds(operations, groups, devices);
    }

    /** Whether each device, the first index, sends to each other one, the second. */
    static boolean[][] of(Operations operations, int devices, long errorNs) {
        Neighbours neighbours = new Neighbours(operations, devices, errorNs);
        for (int g = 0; g < neighbours.groups.size(); g++) {
            neighbours.weigh(neighbours.groups.first(g), neighbours.groups.first(g + 1));
        }
        for (int device = 0; device < devices; device++) {
            neighbours.candidates[device] = neighbours.candidates(device);
        }
        for (int g = 0; g < neighbours.groups.size(); g++) {
            neighbours.look(neighbours.groups.first(g), neighbours.groups.first(g + 1));
        }
        neighbours.take();
        return RingLinks.closed(operations, neighbours.groups, neighbours.mutual());
    }

    /** An operation's one vote is divided among those that it may belong to; a pair gets what both sides give. */
    private void weigh(int from, int to) {
        double[] given = new double[to - from];
        for (int i = from; i < to; i++) {
            for (int j = from; j < to; j++) {
                given[i - from] += likeness(groups.row(i), groups.row(j));
            }
        }
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                double likeness = likeness(groups.row(i), groups.row(j));
                if (likeness > 0) {
                    double vote = likeness * likeness / (given[i - from] * given[j - from]);
                    int one = operations.device(groups.row(i));
                    int other = operations.device(groups.row(j));
                    weight[one][other] += vote;
                    weight[other][one] += vote;
                }
            }
        }
    }

    private double likeness(int one, int other) {
        double apart = Math.abs(operations.endNs(one) - operations.endNs(other));
        return operations.mayMeet(one, other) ? HALF_NS / (HALF_NS + apart) : 0;
    }

    private int[] candidates(int device) {
        return IntStream.range(0, devices)
                .filter(other -> weight[device][other] > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer other) -> !isShown(device, other))
                        .thenComparingDouble(other -> -weight[device][other])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(CANDIDATES)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private boolean isShown(int one, int other) {
        return proof.show(one, other) || proof.show(other, one);
    }

    /** Notes which candidates were there at the end of each operation. */
    private void look(int from, int to) {
        for (int i = from; i < to; i++) {
            int one = groups.row(i);
            int device = operations.device(one);
            int there = 0;
            for (int j = from; j < to; j++) {
                if (operations.mayMeet(one, groups.row(j))) {
                    there |= bit(device, operations.device(groups.row(j)));
                }
            }
            seen[operations.role(one).ordinal()][device][there]++;
            count[device]++;
        }
    }

    private int bit(int device, int other) {
        for (int c = 0; c < candidates[device].length; c++) {
            if (candidates[device][c] == other) {
                return 1 << c;
            }
        }
        return 0;
    }

    /** Notes which directions each device takes when none agrees with another yet. */
    private void take() {
        boolean[][][] first = new boolean[ROLES.length][devices][devices];
        for (int device = 0; device < devices; device++) {
            int those = best(device);
            for (Operations.Role role : ROLES) {
                int some = best(device, those, role);
                for (int c = 0; c < candidates[device].length; c++) {
                    first[role.ordinal()][device][candidates[device][c]] = ((some >> c) & 1) == 1;
                }
            }
        }
        System.arraycopy(first, 0, taken, 0, first.length);
    }

    /** Two devices are neighbours where both choose each other, and one sends to the other where both take that direction. */
    private boolean[][] mutual() {
        boolean[][] chosen = new boolean[devices][devices];
        boolean[][][] directions = new boolean[ROLES.length][devices][devices];
        for (int device = 0; device < devices; device++) {
            int best = best(device);
            for (Operations.Role role : ROLES) {
                int some = best(device, best, role);
                for (int c = 0; c < candidates[device].length; c++) {
                    int other = candidates[device][c];
                    chosen[device][other] |= ((best >> c) & 1) == 1;
                    directions[role.ordinal()][device][other] = ((some >> c) & 1) == 1;
                }
            }
        }
        boolean[][] mutual = new boolean[devices][devices];
        for (int one = 0; one < devices; one++) {
            for (int other = 0; other < devices; other++) {
                boolean says = directions[Operations.Role.SEND.ordinal()][one][other]
                        && directions[Operations.Role.RECEIVE.ordinal()][other][one];
                boolean silent = directions[Operations.Role.UNKNOWN.ordinal()][one][other]
                        || directions[Operations.Role.UNKNOWN.ordinal()][other][one];
                mutual[one][other] = chosen[one][other] && chosen[other][one] && (says || silent);
            }
        }
        return mutual;
    }

    /** The one or two candidates, as bits, that explain most operations of a device. */
    private int best(int device) {
        int best = 0;
        double most = LEAST * count[device];
        for (int those = 1; those < 1 << candidates[device].length; those++) {
            double gain = Integer.bitCount(those) <= 2 ? gain(device, those) : 0;
            if (gain > most) {
                most = gain;
                best = those;
            }
        }
        return best;
    }

    private double gain(int device, int those) {
        double gain = 0;
        for (Operations.Role role : ROLES) {
            gain += gain(device, best(device, those, role), role);
        }
        return gain;
    }

    /** Those of some candidates that gain most for one role. */
    private int best(int device, int those, Operations.Role role) {
        int best = 0;
        for (int some = those; some > 0; some = (some - 1) & those) {
            best = gain(device, some, role) > gain(device, best, role) ? some : best;
        }
        return best;
    }

    /** What some candidates explain, less what it must be for the directions that it takes. */
    private double gain(int device, int some, Operations.Role role) {
        double worth = Math.max(LEAST_WORTH, WORTH * count[device]);
        double directions = 0;
        for (int c = 0; c < candidates[device].length; c++) {
            boolean takes = ((some >> c) & 1) == 1;
            boolean agreed = takes && taken[otherSide(role).ordinal()][candidates[device][c]][device];
            boolean shown = takes && isShown(device, candidates[device][c], role);
            directions += takes ? 1 - (agreed ? AGREED : 0) - (shown ? SHOWN : 0) : 0;
        }
        return explained(device, some, role) - worth * directions;
    }

    private boolean isShown(int device, int other, Operations.Role role) {
        return switch (role) {
            case SEND -> proof.show(device, other);
            case RECEIVE -> proof.show(other, device);
            case UNKNOWN -> isShown(device, other);
        };
    }

    private static Operations.Role otherSide(Operations.Role role) {
        return switch (role) {
            case SEND -> Operations.Role.RECEIVE;
            case RECEIVE -> Operations.Role.SEND;
            case UNKNOWN -> Operations.Role.UNKNOWN;
        };
    }

    private long explained(int device, int those, Operations.Role role) {
        long[] there = seen[role.ordinal()][device];
        return IntStream.range(0, 1 << candidates[device].length)
                .filter(some -> (some & those) != 0)
                .mapToLong(some -> there[some])
                .sum();
    }
}
