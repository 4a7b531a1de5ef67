package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each operation's device computed between the operation that may have sent before and this one: how long, and which
 * kernels, as the number of a word of their names. Immutable.
 */
final class ComputedBefore {

    /** No word: nothing was computed, or all kernels have one name. */
    static final int NOTHING = -1;

    private final long[] ns;
    private final int[] word;
    private final List<int[]> words;

    private ComputedBefore(long[] ns, int[] word, List<int[]> words) {
        this.ns = ns;
        this.word = word;
        this.words = words;
    }

    static ComputedBefore of(List<DeviceWork> works, Operations operations) {
        long[][] sums = new long[works.size()][];
        for (int d = 0; d < sums.length; d++) {
            DeviceWork work = works.get(d);
            sums[d] = new long[work.size() + 1];
            for (int k = 0; k < work.size(); k++) {
                sums[d][k + 1] = sums[d][k] + work.endNs(k) - work.startNs(k);
            }
        }
        long[] starts = new long[operations.size()];
        for (int row = 0; row < starts.length; row++) {
            starts[row] = operations.startNs(row);
        }
        long[] computed = new long[starts.length];
        int[] word = new int[starts.length];
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        int[] before = new int[works.size()];
        for (int row : RadixOrder.of(starts)) {
            int device = operations.device(row);
            int at = works.get(device).endedBy(starts[row]);
            int from = Math.min(at, before[device]);
            computed[row] = sums[device][at] - sums[device][from];
            word[row] = NOTHING;
            if (operations.maySend(row)) {
                before[device] = at;
                word[row] = from == at ? NOTHING : number(works.get(device), from, at, numbers);
            }
        }
        if (numbers.keySet().stream().flatMap(List::stream).distinct().limit(2).count() < 2) {
            Arrays.fill(word, NOTHING);
        }
        int[][] words = new int[numbers.size()][];
        numbers.forEach((names, number) ->
                words[number] = names.stream().mapToInt(Integer::intValue).toArray());
        return new ComputedBefore(computed, word, Arrays.asList(words));
    }

    private static int number(DeviceWork work, int from, int to, Map<List<Integer>, Integer> numbers) {
        int next = numbers.size();
        return numbers.computeIfAbsent(
                IntStream.range(from, to).mapToObj(work::name).toList(), names -> next);
    }

    /** How long the device of an operation computed, in nanoseconds. */
    long ns(int row) {
        return ns[row];
    }

    /** The word of its kernels, or {@link #NOTHING}; equal on all devices where names are. */
    int word(int row) {
        return word[row];
    }

    /** Whether one word ends with another. */
    boolean endsWith(int one, int end) {
        int[] names = words.get(one);
        int[] last = words.get(end);
        return last.length <= names.length
                && Arrays.equals(names, names.length - last.length, names.length, last, 0, last.length);
    }

    /** How many kernels a word has. */
    int length(int number) {
        return words.get(number).length;
    }
}
