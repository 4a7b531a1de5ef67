package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Corrects the alignment of files by the transfers between them. Files that transfer most to each other are compared
 * first; a file without transfers to others keeps the clock of its session.
 */
final class ClockCorrection {

    /** Smaller differences are what session starts are off by anyway. */
    private static final long WORTH_NS = 2_000;

    /** Transfers of a file that are compared with all others' files: what many files take together is bounded. */
    private static final int LARGEST_SAMPLE = 600;

    private static final int SAMPLES = 20_000;

    /** How far apart both sides of a transfer end where clocks agree. */
    private static final long NEAR_NS = 20_000;

    /** Where more than this share of a file's transfers has no other side, its clock is looked at. */
    private static final double MOST_ALONE = 0.05;

    private record Pair(int one, int other, ClockDifference difference) {}

    private static final Comparator<Pair> SUREST = Comparator.comparingDouble(
                    (Pair p) -> p.difference().share())
            .thenComparingInt(p -> p.difference().meetings())
            .thenComparing(Comparator.comparingInt(Pair::one).reversed())
            .thenComparing(Comparator.comparingInt(Pair::other).reversed());

    private ClockCorrection() {}

    /** {@code clocks} with every file moved to where its transfers end with their peers. */
    static Clocks of(List<Extract> files, Clocks clocks, ImportLog log) {
        List<TransferEnds> ends = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            ends.add(TransferEnds.of(
                    files.get(file).transfers(), clocks.shiftNs().get(file)));
        }
        if (agree(files, ends)) {
            return clocks;
        }
        List<Pair> tree = tree(ends);
        long[] late = new long[files.size()];
        long[] error = clocks.errorNs().stream().mapToLong(Long::longValue).toArray();
        boolean[] reached = new boolean[files.size()];
        for (int file = 0; file < late.length; file++) {
            if (!reached[file]) {
                reached[file] = true;
                follow(file, tree, late, reached);
            }
        }
        for (Pair pair : tree) {
            error[pair.one()] = Math.max(error[pair.one()], pair.difference().errorNs());
            error[pair.other()] =
                    Math.max(error[pair.other()], pair.difference().errorNs());
        }
        if (Arrays.stream(late).allMatch(ns -> Math.abs(ns) <= WORTH_NS)) {
            return clocks;
        }
        long moved = Arrays.stream(late).filter(ns -> Math.abs(ns) > WORTH_NS).count();
        log.count(Oddity.CLOCKS_CORRECTED, moved);
        return clocks.moved(files, late, error);
    }

    /** Whether nearly all transfers of every file end together with another that may be their other side. */
    private static boolean agree(List<Extract> files, List<TransferEnds> ends) {
        for (int file = 0; file < ends.size(); file++) {
            TransferEnds own = ends.get(file);
            int alone = 0;
            for (int i = 0; i < own.size(); i++) {
                boolean met = false;
                for (int other = 0; other < ends.size() && !met; other++) {
                    boolean several = files.get(file).lanes().size() > 1;
                    met = (other != file || several) && ends.get(other).meets(own, i, NEAR_NS);
                }
                alone += met ? 0 : 1;
            }
            if (alone > MOST_ALONE * own.size()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The comparisons that join the files, the surest first. What two files have transferred to each other is taken away
     * from both before they are compared with others: so the ends of a chain come first, then what has become its ends.
     */
    private static List<Pair> tree(List<TransferEnds> ends) {
        int sample = Math.min(LARGEST_SAMPLE, Math.max(64, SAMPLES / ends.size()));
        List<Pair> open = new ArrayList<>();
        for (int one = 0; one < ends.size(); one++) {
            compare(ends, one, one + 1, sample, open);
        }
        int[] group = new int[ends.size()];
        Arrays.setAll(group, f -> f);
        List<Pair> tree = new ArrayList<>();
        while (!open.isEmpty()) {
            Pair surest = open.stream().max(SUREST).orElseThrow();
            int one = surest.one();
            int other = surest.other();
            tree.add(surest);
            int from = group[other];
            int to = group[one];
            Arrays.setAll(group, f -> group[f] == from ? to : group[f]);
            open.removeIf(p -> group[p.one()] == group[p.other()] || touches(p, one) || touches(p, other));
            surest.difference().takeAway(ends, one, other);
            for (int next = 0; next < ends.size(); next++) {
                for (int own : new int[] {one, other}) {
                    if (group[next] != to) {
                        add(ends, Math.min(own, next), Math.max(own, next), sample, open);
                    }
                }
            }
        }
        return tree;
    }

    private static boolean touches(Pair pair, int file) {
        return pair.one() == file || pair.other() == file;
    }

    private static void compare(List<TransferEnds> ends, int one, int from, int sample, List<Pair> open) {
        for (int other = from; other < ends.size(); other++) {
            add(ends, one, other, sample, open);
        }
    }

    private static void add(List<TransferEnds> ends, int one, int other, int sample, List<Pair> open) {
        ClockDifference difference = ClockDifference.between(ends.get(one), ends.get(other), sample);
        if (difference != null) {
            open.add(new Pair(one, other, difference));
        }
    }

    private static void follow(int file, List<Pair> tree, long[] late, boolean[] reached) {
        for (Pair pair : tree) {
            boolean forth = pair.one() == file;
            int next = forth ? pair.other() : pair.other() == file ? pair.one() : -1;
            if (next >= 0 && !reached[next]) {
                reached[next] = true;
                late[next] = late[file] + (forth ? 1 : -1) * pair.difference().offsetNs();
                follow(next, tree, late, reached);
            }
        }
    }
}
