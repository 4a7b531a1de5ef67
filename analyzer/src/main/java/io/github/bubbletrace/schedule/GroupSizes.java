package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many micro-batches the devices of a recorded interleaved order take through their first chunk before the next one's
 * turn comes. Where neighbours changed places the count is one off on some devices, so the median counts, before the first
 * and before the second forward of another chunk.
 */
final class GroupSizes {

    private GroupSizes() {}

    /** The sizes that the order may have, smallest first; none where devices hold one chunk each. */
    static Set<Integer> of(RecordedIteration recorded) {
        List<Integer> beforeFirst = new ArrayList<>();
        List<Integer> beforeSecond = new ArrayList<>();
        for (List<Action> order : recorded.orders()) {
            List<Integer> chunks = order.stream()
                    .filter(action -> action.phase() == Phase.F)
                    .map(Action::chunk)
                    .toList();
            if (chunks.stream().distinct().count() > 1) {
                beforeFirst.add(before(chunks, 1));
                beforeSecond.add(before(chunks, 2));
            }
        }
        Set<Integer> sizes = new TreeSet<>();
        for (List<Integer> counts : List.of(beforeFirst, beforeSecond)) {
            if (!counts.isEmpty()) {
                Collections.sort(counts);
                sizes.add(counts.get(counts.size() / 2));
            }
        }
        sizes.removeIf(size -> size < 1);
        return sizes;
    }

    /** Forwards of the lowest chunk before the {@code nth} one of another. */
    private static int before(List<Integer> chunks, int nth) {
        int lowest = Collections.min(chunks);
        int count = 0;
        int others = 0;
        for (int chunk : chunks) {
            others += chunk == lowest ? 0 : 1;
            if (others == nth) {
                return count;
            }
            count += chunk == lowest ? 1 : 0;
        }
        return count;
    }
}
