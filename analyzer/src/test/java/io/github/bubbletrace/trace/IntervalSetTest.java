package io.github.bubbletrace.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Set algebra against bit sets; the seed is the test's argument. */
class IntervalSetTest {

    private static final int LENGTH = 200;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithBitSets(long seed) {
        Random random = Seeds.random(seed);
        BitSet a = new BitSet(LENGTH);
        BitSet b = new BitSet(LENGTH);
        IntervalSet x = fill(a, random);
        IntervalSet y = fill(b, random);
        int from = random.nextInt(LENGTH);
        int to = from + random.nextInt(LENGTH - from + 1);
        BitSet window = new BitSet(LENGTH);
        window.set(from, to);

        assertThat(bits(x)).isEqualTo(a);
        assertThat(x.totalNs()).isEqualTo(a.cardinality());
        assertThat(bits(x.plus(y))).isEqualTo(or(a, b));
        assertThat(bits(x.intersect(y))).isEqualTo(and(a, b));
        assertThat(bits(x.minus(y))).isEqualTo(without(a, b));
        assertThat(bits(x.clip(from, to))).isEqualTo(and(a, window));
        assertThat(bits(x.complement(from, to))).isEqualTo(without(window, a));
        assertThat(x.coveredNs(from, to)).isEqualTo(and(a, window).cardinality());
        assertThat(bits(x.moved(t -> t + 5).moved(t -> t - 5))).isEqualTo(a);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ordersAnyLongs(long seed) {
        Random random = Seeds.random(seed);
        long[] keys = new long[random.nextInt(300)];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = random.nextBoolean() ? random.nextLong() : random.nextInt(9) - 4;
        }
        int[] order = RadixOrder.of(keys);
        for (int i = 1; i < order.length; i++) {
            boolean stable = keys[order[i - 1]] == keys[order[i]] && order[i - 1] < order[i];
            assertThat(keys[order[i - 1]] < keys[order[i]] || stable).isTrue();
        }
        assertThat(order).doesNotHaveDuplicates().hasSize(keys.length);
    }

    private static IntervalSet fill(BitSet bits, Random random) {
        LongColumn starts = new LongColumn();
        LongColumn ends = new LongColumn();
        for (int i = random.nextInt(12); i > 0; i--) {
            int start = random.nextInt(LENGTH);
            int end = Math.min(LENGTH, start + random.nextInt(30));
            bits.set(start, end);
            starts.add(start);
            ends.add(end);
        }
        return IntervalSet.union(starts, ends);
    }

    private static BitSet bits(IntervalSet set) {
        BitSet bits = new BitSet(LENGTH);
        for (int i = 0; i < set.size(); i++) {
            assertThat(set.startNs(i)).isLessThan(set.endNs(i));
            assertThat(i == 0 || set.endNs(i - 1) < set.startNs(i)).isTrue();
            bits.set((int) set.startNs(i), (int) set.endNs(i));
        }
        return bits;
    }

    private static BitSet or(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.or(b);
        return result;
    }

    private static BitSet and(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.and(b);
        return result;
    }

    private static BitSet without(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.andNot(b);
        return result;
    }
}
