package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which transfers send and which receive, whoever their other sides are: what the turns of each device and the balance of each
 * moment leave. Both are asked again until nothing changes; where some transfers may be several things even then, those of
 * other iterations and the longest sends tell, and where they do not, each is tried.
 */
final class RoleWays {

    /** Of more ways than these none is worth reading. */
    static final int MOST = 16;

    /** Where more rows than these are open one after another, there are more ways. */
    private static final int DEEPEST = 64;

    /** Each round leaves fewer ways, or is the last; more than so many are not worth it. */
    private static final int ROUNDS = 64;

    private final LaunchOrder order;
    private final List<List<TurnRules>> rules;
    private final MomentBalance balance;
    private final Operations operations;

    /**
     * Ways of all rows of {@code operations}.
     *
     * @param rules of each device, of which any may hold
     */
    RoleWays(LaunchOrder order, List<List<TurnRules>> rules, MomentBalance balance, Operations operations) {
        this.order = order;
        this.rules = rules;
        this.balance = balance;
        this.operations = operations;
    }

    /**
     * For each way what every row is, one of the kinds of {@link TurnRules}.
     *
     * @throws NoPipelineException where there is none, or too many
     */
    List<int[]> all() throws NoPipelineException {
        int[] left = new int[operations.size()];
        for (int row = 0; row < left.length; row++) {
            left[row] = switch (operations.role(row)) {
                case SEND -> TurnRules.OUT;
                case RECEIVE -> TurnRules.IN;
                case UNKNOWN -> TurnRules.OUT | TurnRules.IN;
            };
        }
        boolean[] isOpen = new boolean[order.devices()];
        Arrays.fill(isOpen, true);
        BitSet moments = new BitSet();
        moments.set(0, balance.size());
        narrow(left, isOpen, moments);
        List<int[]> ways = new ArrayList<>();
        collect(told(left), 0, 0, ways);
        if (ways.isEmpty()) {
            throw new NoPipelineException("no order of receiving, computing and sending fits all devices");
        }
        if (ways.size() > MOST) {
            throw new NoPipelineException(tooMany(left));
        }
        return ways;
    }

    private String tooMany(int[] left) {
        int first = open(left, 0);
        long open =
                Arrays.stream(left).filter(kinds -> Integer.bitCount(kinds) > 1).count();
        return "kernels do not say whether they send or receive, and " + open + " of " + left.length
                + " may do either, the first of them on device " + operations.device(first)
                + "; record NCCL's own ranges with them (-t cuda,nvtx)";
    }

    private static int open(int[] left, int from) {
        int row = from;
        while (row < left.length && Integer.bitCount(left[row]) == 1) {
            row++;
        }
        return row;
    }

    /** What is left where others of the same run tell what open ones are. */
    private int[] told(int[] left) {
        int[] told = left;
        if (balance.isAhead()) {
            told = fitting(told, new LongestSends(operations, order.devices()).narrowed(told));
        }
        EqualIterations iterations = new EqualIterations(order);
        int most = open(told, 0) < told.length ? iterations.most() : 0;
        for (int count = EqualIterations.FEWEST; count <= most; count++) {
            if (iterations.divides(count) && open(told, 0) < told.length) {
                told = fitting(told, iterations.narrowed(told, count));
            }
        }
        return told;
    }

    /** What {@code fewer} leaves, or {@code left} where it does not fit. */
    private int[] fitting(int[] left, int[] fewer) {
        boolean[] isOpen = new boolean[order.devices()];
        BitSet moments = new BitSet();
        for (int row = 0; row < left.length; row++) {
            if (fewer[row] != left[row]) {
                isOpen[operations.device(row)] = true;
                moments.set(balance.moment(row));
            }
        }
        return moments.isEmpty() || !fits(fewer, isOpen, moments) ? left : fewer;
    }

    /** @param deep how many rows before were tried */
    private void collect(int[] left, int from, int deep, List<int[]> ways) throws NoPipelineException {
        int row = open(left, from);
        if (row == left.length) {
            ways.add(left);
            return;
        }
        if (deep == DEEPEST) {
            throw new NoPipelineException(tooMany(left));
        }
        for (int kind = TurnRules.OUT; kind <= TurnRules.IN && ways.size() <= MOST; kind <<= 1) {
            if ((left[row] & kind) != 0) {
                int[] one = left.clone();
                one[row] = kind;
                boolean[] isOpen = new boolean[order.devices()];
                isOpen[operations.device(row)] = true;
                BitSet moments = new BitSet();
                moments.set(balance.moment(row));
                if (fits(one, isOpen, moments)) {
                    collect(one, row + 1, deep + 1, ways);
                }
            }
        }
    }

    private boolean fits(int[] left, boolean[] isOpen, BitSet moments) {
        try {
            narrow(left, isOpen, moments);
            return true;
        } catch (NoPipelineException e) {
            return false;
        }
    }

    /** Leaves what fits; {@code isOpen} are the devices to look at first, {@code moments} those to weigh with what they change. */
    private void narrow(int[] left, boolean[] isOpen, BitSet moments) throws NoPipelineException {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            for (int device = 0; device < order.devices(); device++) {
                if (isOpen[device]) {
                    look(device, left, moments);
                    isOpen[device] = false;
                }
            }
            more = weigh(left, isOpen, moments);
        }
    }

    /** Leaves a device's transfers only what its turns allow, and notes the moments that this changes. */
    private void look(int device, int[] left, BitSet moments) throws NoPipelineException {
        int size = order.size(device);
        int[] allowed = new int[size];
        int furthest = 0;
        for (TurnRules own : rules.get(device)) {
            TurnPass pass = new TurnPass(own, size, k -> left[order.row(device, k)], k -> false);
            furthest = Math.max(furthest, pass.allow(allowed));
        }
        for (int k = 0; k < size; k++) {
            if (allowed[k] == 0) {
                throw new NoPipelineException("no order of receiving, computing and sending fits device " + device
                        + " beyond its transfer " + furthest + " of " + size);
            }
            int row = order.row(device, k);
            if (allowed[k] != left[row]) {
                left[row] = allowed[k];
                moments.set(balance.moment(row));
            }
        }
    }

    /** Leaves the transfers of some moments only what balances, and notes the devices that this changes. */
    private boolean weigh(int[] left, boolean[] isChanged, BitSet moments) throws NoPipelineException {
        boolean any = false;
        for (int moment = moments.nextSetBit(0); moment >= 0; moment = moments.nextSetBit(moment + 1)) {
            int[] rows = balance.rows(moment);
            int[] allowed = balance.allowed(rows, left);
            for (int i = 0; i < rows.length; i++) {
                if (allowed[i] == 0) {
                    throw new NoPipelineException("as far as the order of receiving, computing and sending tells, more"
                            + " transfers of one moment send than receive, or the other way round");
                }
                if (allowed[i] != left[rows[i]]) {
                    left[rows[i]] = allowed[i];
                    isChanged[operations.device(rows[i])] = true;
                    any = true;
                }
            }
        }
        moments.clear();
        return any;
    }
}
