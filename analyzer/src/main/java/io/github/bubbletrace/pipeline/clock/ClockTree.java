package io.github.bubbletrace.pipeline.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The comparisons of clocks that join the files, the surest first. What two files have transferred to each other is taken
 * away from both before they are compared with others: so the ends of a chain come first, then what has become its ends.
 */
final class ClockTree {

    /** Transfers of a file that are compared with all others' files: what many files take together is bounded. */
    private static final int LARGEST_SAMPLE = 600;

    private static final int SMALLEST_SAMPLE = 64;
    private static final int SAMPLES = 20_000;

    private record Pair(int one, int other, RoughDifference rough) {}

    private static final Comparator<Pair> SUREST = Comparator.comparingDouble(
                    (Pair p) -> p.rough().share())
            .thenComparingInt(p -> p.rough().meetings())
            .thenComparing(Comparator.comparingInt(Pair::one).reversed())
            .thenComparing(Comparator.comparingInt(Pair::other).reversed());

    /**
     * Two files whose clocks were compared.
     *
     * @param one the first
     * @param other the second
     * @param difference from the first one's time to the second one's
     */
    record Link(int one, int other, ClockDifference difference) {}

    private final TransferEnds[] ends;
    private final Reach reach;
    private final int sample;
    private final int[] group;
    private final List<Pair> open = new ArrayList<>();

    private ClockTree(List<TransferEnds> ends, Reach reach) {
        this.ends = ends.toArray(TransferEnds[]::new);
        this.reach = reach;
        sample = Math.min(LARGEST_SAMPLE, Math.max(SMALLEST_SAMPLE, SAMPLES / ends.size()));
        group = new int[ends.size()];
        Arrays.setAll(group, f -> f);
    }

    /**
     * The links that join as many files as transfers do.
     *
     * @param reach how far apart clocks may be
     */
    static List<Link> of(List<TransferEnds> ends, Reach reach) {
        return new ClockTree(ends, reach).grow();
    }

    /** The links that join what {@code known} ones leave apart. */
    static List<Link> beyond(List<Link> known, List<TransferEnds> ends, Reach reach) {
        ClockTree tree = new ClockTree(ends, reach);
        known.forEach(link -> tree.join(link.one(), link.other()));
        return tree.grow();
    }

    private List<Link> grow() {
        for (int one = 0; one < ends.length; one++) {
            for (int other = one + 1; other < ends.length; other++) {
                if (group[one] != group[other]) {
                    compare(one, other);
                }
            }
        }
        List<Link> tree = new ArrayList<>();
        while (!open.isEmpty()) {
            Pair surest = open.stream().max(SUREST).orElseThrow();
            int one = surest.one();
            int other = surest.other();
            ClockDifference difference = ClockDifference.between(ends[one], ends[other], surest.rough());
            tree.add(new Link(one, other, difference));
            join(one, other);
            difference.takeAway(ends, one, other);
            for (int next = 0; next < ends.length; next++) {
                for (int own : new int[] {one, other}) {
                    if (group[next] != group[one]) {
                        compare(Math.min(own, next), Math.max(own, next));
                    }
                }
            }
        }
        return tree;
    }

    private void join(int one, int other) {
        int from = group[other];
        int to = group[one];
        Arrays.setAll(group, f -> group[f] == from ? to : group[f]);
        open.removeIf(p -> group[p.one()] == group[p.other()] || touches(p, one) || touches(p, other));
    }

    private static boolean touches(Pair pair, int file) {
        return pair.one() == file || pair.other() == file;
    }

    private void compare(int one, int other) {
        boolean isOpen = reach.isOpen(one, other);
        RoughDifference rough = isOpen
                ? RoughDifference.anywhere(ends[one], ends[other], sample)
                : RoughDifference.between(ends[one], ends[other], sample, reach.furthestNs());
        if (rough != null && (isOpen || rough.isSure() || Math.abs(rough.offsetNs()) <= RoughDifference.NEAR_NS)) {
            open.add(new Pair(one, other, rough));
        }
    }
}
