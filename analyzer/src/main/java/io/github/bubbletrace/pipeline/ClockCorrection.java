package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Corrects the alignment of files by the transfers between them: offset and drift. A file without transfers to others keeps
 * the clock of its session.
 */
final class ClockCorrection {

    /** Smaller differences are what session starts are off by anyway; they are part of the error. */
    private static final long WORTH_NS = 2_000;

    /** Clocks that NTP keeps are no further apart. */
    private static final long FURTHEST_NS = 100_000_000;

    /** Where more than this share of a file's transfers has no other side, clocks may be far apart. */
    private static final double MOST_ALONE = 0.05;

    /** So many transfers of a file, spread over all, tell whether clocks agree. */
    private static final int LOOKED_AT = 1_000;

    private ClockCorrection() {}

    /** {@code clocks} with every file moved to where its transfers end with their peers. */
    static Clocks of(List<Extract> files, Ranks ranks, Peers peers, Clocks clocks, ImportLog log) {
        List<TransferEnds> ends = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            ends.add(TransferEnds.of(
                    file, files.get(file).transfers(), peers, ranksOfLanes(files, ranks, file), clocks.of(file)));
        }
        List<long[]> apart = apartNs(files, ends);
        if (agree(apart, WORTH_NS)) {
            return clocks.withErrors(atLeast(clocks, apart));
        }
        List<ClockTree.Link> links =
                ClockTree.of(ends, agree(apart, RoughDifference.NEAR_NS) ? RoughDifference.NEAR_NS : FURTHEST_NS);
        boolean moves = links.stream().anyMatch(link -> link.difference().mostNs() > WORTH_NS);
        List<Long> errors = errorsNs(clocks, links, moves);
        if (!moves) {
            return clocks.withErrors(errors);
        }
        List<FileClock> corrections = corrections(files.size(), links);
        log.count(Oddity.CLOCKS_CORRECTED, countMoved(files, clocks, corrections));
        return clocks.moved(files, corrections, errors);
    }

    private static int[] ranksOfLanes(List<Extract> files, Ranks ranks, int file) {
        return files.get(file).lanes().stream()
                .mapToInt(lane -> ranks.of(file, lane.process()))
                .toArray();
    }

    /** How far transfers of each file end from the nearest that may be its other side. */
    private static List<long[]> apartNs(List<Extract> files, List<TransferEnds> ends) {
        List<long[]> apart = new ArrayList<>();
        for (int file = 0; file < ends.size(); file++) {
            boolean several = files.get(file).lanes().size() > 1;
            TransferEnds own = ends.get(file);
            int step = Math.max(1, own.size() / LOOKED_AT);
            LongColumn nearest = new LongColumn();
            for (int i = 0; i < own.size(); i += step) {
                long found = RoughDifference.NEAR_NS + 1;
                for (int other = 0; other < ends.size() && found > 0; other++) {
                    found = other != file || several ? ends.get(other).nearestNs(own, i, found) : found;
                }
                nearest.add(found);
            }
            apart.add(nearest.toArray());
        }
        return apart;
    }

    /** Whether nearly all transfers of every file end within some time of another that may be their other side. */
    private static boolean agree(List<long[]> apart, long withinNs) {
        return apart.stream()
                .allMatch(own -> Arrays.stream(own).filter(ns -> ns > withinNs).count() <= MOST_ALONE * own.length);
    }

    private static List<Long> atLeast(Clocks clocks, List<long[]> apart) {
        List<Long> errors = new ArrayList<>();
        for (int file = 0; file < apart.size(); file++) {
            errors.add(Math.max(clocks.errorNs().get(file), ClockTrack.errorNs(apart.get(file))));
        }
        return errors;
    }

    private static List<Long> errorsNs(Clocks clocks, List<ClockTree.Link> links, boolean moves) {
        long[] errors = clocks.errorNs().stream().mapToLong(Long::longValue).toArray();
        for (ClockTree.Link link : links) {
            ClockDifference difference = link.difference();
            long error = difference.errorNs() + (moves ? 0 : difference.mostNs());
            errors[link.one()] = Math.max(errors[link.one()], error);
            errors[link.other()] = Math.max(errors[link.other()], error);
        }
        return Arrays.stream(errors).boxed().toList();
    }

    /** From each file's axis to that of the first file which transfers join it to. */
    private static List<FileClock> corrections(int files, List<ClockTree.Link> links) {
        FileClock[] corrections = new FileClock[files];
        for (int file = 0; file < files; file++) {
            if (corrections[file] == null) {
                corrections[file] = FileClock.shifted(0);
                follow(file, links, corrections);
            }
        }
        return List.of(corrections);
    }

    private static void follow(int file, List<ClockTree.Link> links, FileClock[] corrections) {
        for (ClockTree.Link link : links) {
            boolean forth = link.one() == file;
            int next = forth ? link.other() : link.other() == file ? link.one() : -1;
            if (next >= 0 && corrections[next] == null) {
                FileClock clock = link.difference().forth();
                corrections[next] = (forth ? clock.inverse() : clock).then(corrections[file]);
                follow(next, links, corrections);
            }
        }
    }

    private static long countMoved(List<Extract> files, Clocks clocks, List<FileClock> corrections) {
        long moved = 0;
        for (int file = 0; file < files.size(); file++) {
            Extract.Counts counts = files.get(file).counts();
            long first = corrections.get(file).shiftAt(clocks.of(file).at(counts.firstNs()));
            long last = corrections.get(file).shiftAt(clocks.of(file).at(counts.lastNs()));
            moved += Math.max(Math.abs(first), Math.abs(last)) > WORTH_NS ? 1 : 0;
        }
        return moved;
    }
}
