package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which way each joined transfer goes where receives are posted when there is nothing else to do and kernels may send and
 * receive at once: the only way, or both, that the turns of all devices leave. What one device leaves its neighbours have to agree with; they are asked again until
 * nothing changes.
 */
final class TurnWays {

    /** Each look at a device leaves fewer ways, or is the last; more than so many a device are not worth it. */
    private static final int LOOKS = 64;

    private final Turns turns;
    private final Operations operations;
    private final TurnShape shape;
    private final List<List<TurnRules>> rules = new ArrayList<>();

    /** What is left for each row, as bits of {@link TurnRules}. */
    private final int[] left;

    private TurnWays(Turns turns, Operations operations) throws NoPipelineException {
        this.turns = turns;
        this.operations = operations;
        shape = TurnShape.of(turns.order(), operations);
        left = new int[operations.size()];
        for (int row = 0; row < left.length; row++) {
            left[row] = switch (operations.role(row)) {
                case SEND -> TurnRules.OUT;
                case RECEIVE -> TurnRules.IN;
                case UNKNOWN -> TurnRules.OUT | TurnRules.IN | TurnRules.BOTH;
            };
        }
        for (int row = 0; row < left.length; row++) {
            if (operations.peer(row) > row) {
                left[row] &= mirrored(left[operations.peer(row)]);
                left[operations.peer(row)] = mirrored(left[row]);
            }
        }
    }

    /**
     * Finds the ways of all joined rows.
     *
     * @param idles whether stages may compute what is neither received nor sent
     * @return for each row one of the kinds of {@link TurnRules}
     * @throws NoPipelineException where no way or several are left
     */
    static int[] of(List<DeviceWork> works, Turns turns, Operations operations, boolean idles)
            throws NoPipelineException {
        TurnWays ways = new TurnWays(turns, operations);
        for (int device = 0; device < turns.order().devices(); device++) {
            ways.rules.add(
                    ways.shape.isPair(device)
                            ? List.copyOf(PairTurns.of(works.get(device), turns.order(), device))
                            : List.of(ways.turns(device, idles)));
        }
        ways.narrow();
        ways.requireOne();
        return ways.left;
    }

    private TurnRules turns(int device, boolean idles) {
        return new NeighbourTurns(turns.order(), device, shape.isEnd(device), idles, k -> neighbour(device, k));
    }

    private void narrow() throws NoPipelineException {
        ArrayDeque<Integer> next = new ArrayDeque<>();
        boolean[] waits = new boolean[turns.order().devices()];
        for (boolean end : new boolean[] {false, true}) {
            for (int device = 0; device < waits.length; device++) {
                if (shape.isEnd(device) == end && turns.order().size(device) > 0) {
                    next.add(device);
                    waits[device] = true;
                }
            }
        }
        for (int looks = 0; !next.isEmpty() && looks < LOOKS * waits.length; looks++) {
            int device = next.remove();
            waits[device] = false;
            for (int changed : look(device)) {
                if (!waits[changed]) {
                    waits[changed] = true;
                    next.add(changed);
                }
            }
        }
    }

    /** Leaves a device's transfers only what its turns allow. */
    private int[] look(int device) throws NoPipelineException {
        int size = turns.order().size(device);
        int[] allowed = new int[size];
        int furthest = 0;
        for (TurnRules own : rules.get(device)) {
            TurnPass pass =
                    new TurnPass(own, size, k -> left[turns.order().row(device, k)], k -> turns.swaps(device, k));
            furthest = Math.max(furthest, pass.allow(allowed));
        }
        boolean[] changed = new boolean[2];
        for (int k = 0; k < size; k++) {
            int row = turns.order().row(device, k);
            if (allowed[k] == 0) {
                throw new NoPipelineException("no order of receiving, computing and sending fits device " + device
                        + " beyond its transfer " + furthest + " of " + size);
            }
            if (allowed[k] != left[row]) {
                left[row] = allowed[k];
                left[operations.peer(row)] = mirrored(allowed[k]);
                changed[neighbour(device, k)] = true;
            }
        }
        return IntStream.range(0, 2)
                .filter(n -> changed[n])
                .map(n -> shape.neighbours(device)[n])
                .toArray();
    }

    private int neighbour(int device, int k) {
        return shape.number(
                device, operations.device(operations.peer(turns.order().row(device, k))));
    }

    private static int mirrored(int kinds) {
        return (kinds & TurnRules.BOTH)
                | ((kinds & TurnRules.OUT) != 0 ? TurnRules.IN : 0)
                | ((kinds & TurnRules.IN) != 0 ? TurnRules.OUT : 0);
    }

    private void requireOne() throws NoPipelineException {
        int open = 0;
        int first = Operations.NONE;
        int all = 0;
        for (int row = 0; row < left.length; row++) {
            if (operations.peer(row) > row) {
                all++;
                boolean several = Integer.bitCount(left[row]) > 1;
                open += several ? 1 : 0;
                first = several && first < 0 ? row : first;
            }
        }
        if (open > 0) {
            throw new NoPipelineException("kernels do not say whether they send or receive, and " + open + " of " + all
                    + " transfers may go either way, the first of them between devices " + operations.device(first)
                    + " and " + operations.device(operations.peer(first))
                    + "; record NCCL's own ranges with them (-t cuda,nvtx)");
        }
    }
}
