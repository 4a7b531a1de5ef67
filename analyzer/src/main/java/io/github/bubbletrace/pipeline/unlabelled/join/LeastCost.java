package io.github.bubbletrace.pipeline.unlabelled.join;

import java.util.Arrays;

/**
 * Joins as many sends with receives as can be, and among the ways to do so takes the one that costs least: assignments found
 * send by send along the cheapest path of exchanges, with potentials that keep all costs along it above 0 (the Hungarian
 * method). Takes time as the cube of their number.
 */
final class LeastCost {

    /** Costs above this one count as this one. */
    private static final double MOST = 1e11;

    /** What a send costs that is joined with nothing: more than all others together. */
    private static final double ALONE = 1e14;

    private LeastCost() {}

    /**
     * The receive of each send, or -1.
     *
     * @param cost of each send, the first index, with each receive, not below 0; infinite where they cannot be one transfer
     */
    static int[] of(double[][] cost) {
        int sends = cost.length;
        int receives = sends == 0 ? 0 : cost[0].length;
        int columns = receives + sends;
        double[] sendPotential = new double[sends];
        double[] potential = new double[columns + 1];
        int[] sendOf = new int[columns + 1];
        Arrays.fill(sendOf, -1);
        for (int send = 0; send < sends; send++) {
            int[] from = new int[columns + 1];
            double[] least = new double[columns + 1];
            boolean[] seen = new boolean[columns + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            int at = columns;
            sendOf[at] = send;
            while (sendOf[at] >= 0) {
                seen[at] = true;
                int next = nearest(cost, receives, sendOf[at], at, sendPotential, potential, least, from, seen);
                double step = least[next];
                for (int column = 0; column <= columns; column++) {
                    if (seen[column]) {
                        sendPotential[sendOf[column]] += step;
                        potential[column] -= step;
                    } else {
                        least[column] -= step;
                    }
                }
                at = next;
            }
            while (at != columns) {
                sendOf[at] = sendOf[from[at]];
                at = from[at];
            }
            sendOf[columns] = -1;
        }
        int[] found = new int[sends];
        Arrays.fill(found, -1);
        for (int receive = 0; receive < receives; receive++) {
            if (sendOf[receive] >= 0 && cost[sendOf[receive]][receive] < Double.POSITIVE_INFINITY) {
                found[sendOf[receive]] = receive;
            }
        }
        return found;
    }

    /** The column that the search reaches next; those beyond the receives leave a send alone. */
    private static int nearest(
            double[][] cost,
            int receives,
            int send,
            int at,
            double[] sendPotential,
            double[] potential,
            double[] least,
            int[] from,
            boolean[] seen) {
        int nearest = -1;
        for (int column = 0; column < potential.length - 1; column++) {
            if (!seen[column]) {
                boolean isJoined = column < receives && cost[send][column] < Double.POSITIVE_INFINITY;
                double own = isJoined ? Math.min(MOST, cost[send][column]) : ALONE;
                double reduced = own - sendPotential[send] - potential[column];
                if (reduced < least[column]) {
                    least[column] = reduced;
                    from[column] = at;
                }
                if (nearest < 0 || least[column] < least[nearest]) {
                    nearest = column;
                }
            }
        }
        return nearest;
    }
}
