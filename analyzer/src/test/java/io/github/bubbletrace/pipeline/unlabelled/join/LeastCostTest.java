package io.github.bubbletrace.pipeline.unlabelled.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastCostTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** More joined counts before cheaper. */
    @Test
    void asManyAsCanBeAreJoined() {
        assertThat(LeastCost.of(new double[][] {{1, 1000}, {2, NEVER}})).containsExactly(1, 0);
        assertThat(LeastCost.of(new double[][] {{5}, {3}, {4}})).containsExactly(-1, 0, -1);
        assertThat(LeastCost.of(new double[][] {{NEVER, 7}, {NEVER, NEVER}})).containsExactly(1, -1);
        assertThat(LeastCost.of(new double[0][0])).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noOtherWayJoinsMoreOrCostsLess(int seed) {
        Random random = new Random(seed * 7919L);
        double[][] cost = new double[1 + random.nextInt(6)][1 + random.nextInt(6)];
        for (double[] own : cost) {
            for (int receive = 0; receive < own.length; receive++) {
                own[receive] = random.nextInt(3) == 0 ? NEVER : random.nextInt(1_000_000);
            }
        }
        int[] found = LeastCost.of(cost);
        double sum = 0;
        int joined = 0;
        boolean[] taken = new boolean[cost[0].length];
        for (int send = 0; send < found.length; send++) {
            if (found[send] >= 0) {
                assertThat(taken[found[send]]).isFalse();
                taken[found[send]] = true;
                joined++;
                sum += cost[send][found[send]];
            }
        }
        double[] best = best(cost, 0, new boolean[cost[0].length]);
        assertThat(joined).isEqualTo((int) best[0]);
        assertThat(sum).isEqualTo(best[1]);
    }

    /** How many sends from one on can be joined, and what that costs at the least: by trying all ways. */
    private static double[] best(double[][] cost, int send, boolean[] taken) {
        if (send == cost.length) {
            return new double[] {0, 0};
        }
        double[] best = best(cost, send + 1, taken);
        for (int receive = 0; receive < taken.length; receive++) {
            if (!taken[receive] && cost[send][receive] < NEVER) {
                taken[receive] = true;
                double[] rest = best(cost, send + 1, taken);
                taken[receive] = false;
                double sum = rest[1] + cost[send][receive];
                if (rest[0] + 1 > best[0] || (rest[0] + 1 == best[0] && sum < best[1])) {
                    best = new double[] {rest[0] + 1, sum};
                }
            }
        }
        return best;
    }
}
