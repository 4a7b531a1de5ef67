package io.github.bubbletrace.pipeline.unlabelled.silent;

import java.util.Arrays;
import java.util.BitSet;

/** One way to give the transfers of a link their directions, and what speaks against it. */
final class LinkPath {

    /** More micro-batches than these are not in flight. */
    private static final int DEEPEST = 512;

    /** So many may be missing where a capture begins or ends. */
    private static final double CUT = 0.02;

    private final BitSet sends;
    private final double against;

    private LinkPath(BitSet sends, double against) {
        this.sends = sends;
        this.against = against;
    }

    /** Whether the first device sends the {@code k}-th. */
    boolean sends(int k) {
        return sends.get(k);
    }

    /** The sum of what speaks against the directions. */
    double against() {
        return against;
    }

    /** All go the same way. */
    static LinkPath oneWay(double[] likely, boolean first) {
        BitSet sends = new BitSet();
        sends.set(0, likely.length, first);
        double against = 0;
        for (double one : likely) {
            against += against(one, first);
        }
        return new LinkPath(sends, against);
    }

    /** As many go back as forth, none before one has come; {@code first} says whether the first device sends first. */
    static LinkPath bothWays(double[] likely, boolean first) {
        int deepest = Math.min(DEEPEST, likely.length);
        double[] least = new double[deepest + 1];
        Arrays.fill(least, Double.MAX_VALUE);
        least[0] = 0;
        BitSet[] came = new BitSet[likely.length];
        for (int k = 0; k < likely.length; k++) {
            double[] next = new double[deepest + 1];
            came[k] = new BitSet(deepest + 1);
            double forth = against(likely[k], first);
            double back = against(likely[k], !first);
            for (int open = 0; open <= deepest; open++) {
                double byForth =
                        open > 0 && least[open - 1] < Double.MAX_VALUE ? least[open - 1] + forth : Double.MAX_VALUE;
                double byBack = open < deepest && least[open + 1] < Double.MAX_VALUE
                        ? least[open + 1] + back
                        : Double.MAX_VALUE;
                next[open] = Math.min(byForth, byBack);
                came[k].set(open, byForth <= byBack);
            }
            least = next;
        }
        int open = best(least, likely.length);
        return open < 0 ? new LinkPath(new BitSet(), Double.MAX_VALUE) : back(came, open, least[open], first);
    }

    private static int best(double[] least, int transfers) {
        int best = -1;
        for (int open = 0; open < least.length && open <= CUT * transfers; open++) {
            best = least[open] < Double.MAX_VALUE && (best < 0 || least[open] < least[best]) ? open : best;
        }
        return best;
    }

    private static LinkPath back(BitSet[] came, int end, double against, boolean first) {
        BitSet sends = new BitSet(came.length);
        int open = end;
        for (int k = came.length - 1; k >= 0; k--) {
            boolean forth = came[k].get(open);
            sends.set(k, forth == first);
            open += forth ? -1 : 1;
        }
        return new LinkPath(sends, against);
    }

    private static double against(double likely, boolean sends) {
        return Math.max(0, sends ? -likely : likely);
    }
}
