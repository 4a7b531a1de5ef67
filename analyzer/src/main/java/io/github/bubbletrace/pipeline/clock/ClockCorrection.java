package io.github.bubbletrace.pipeline.clock;

import io.github.bubbletrace.pipeline.extract.CollectiveOps;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.rank.Peers;
import io.github.bubbletrace.pipeline.rank.Ranks;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Corrects the alignment of files by the transfers between them: offset and drift. A file without transfers to others keeps
 * the clock of its session.
 */
public final class ClockCorrection {

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
    public static Clocks of(List<Extract> files, Ranks ranks, Peers peers, Clocks clocks, ImportLog log) {
        List<TransferEnds> ends = new ArrayList<>();
        List<TransferEnds> collectives = new ArrayList<>();
        Set<String> shared = sharedGroups(files);
        for (int file = 0; file < files.size(); file++) {
            TransferOps ops = files.get(file).transfers();
            collectives.add(TransferEnds.ofCollectives(file, ops, peers, shared, clocks.of(file)));
            ends.add(TransferEnds.of(
                    file, files.get(file).transfers(), peers, ranksOfLanes(files, ranks, file), clocks.of(file)));
        }
        List<long[]> apart = apartNs(files, ends);
        List<long[]> collectivesApart = apartNs(files, collectives);
        boolean placed = clocks.unplaced().isEmpty();
        if (placed && agree(apart, WORTH_NS) && agree(collectivesApart, WORTH_NS)) {
            return clocks.withErrors(atLeast(clocks.errorNs(), apart, collectivesApart));
        }
        List<ClockTree.Link> links = new ArrayList<>(ClockTree.of(ends, reach(clocks, apart)));
        links.addAll(ClockTree.beyond(links, collectives, reach(clocks, collectivesApart)));
        requirePlaced(files, clocks, links);
        boolean moves =
                !placed || links.stream().anyMatch(link -> link.difference().mostNs() > WORTH_NS);
        List<Long> errors = errorsNs(clocks, links, moves);
        if (!moves) {
            return clocks.withErrors(errors);
        }
        List<FileClock> corrections = corrections(clocks, links);
        log.count(Oddity.CLOCKS_CORRECTED, countMoved(files, clocks, corrections));
        log.count(Oddity.CLOCKS_BY_TRANSFERS, clocks.unplaced().size());
        return clocks.moved(files, corrections, errors);
    }

    private static Reach reach(Clocks clocks, List<long[]> apart) {
        return new Reach(
                agree(apart, RoughDifference.NEAR_NS) ? RoughDifference.NEAR_NS : FURTHEST_NS, clocks.unplaced());
    }

    /** The groups of ranks that run collectives in several files. */
    private static Set<String> sharedGroups(List<Extract> files) {
        Map<String, Integer> first = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (int file = 0; file < files.size(); file++) {
            int own = file;
            CollectiveOps collectives = files.get(file).transfers().collectives();
            for (int op = 0; op < collectives.size(); op++) {
                if (first.computeIfAbsent(collectives.group(op), g -> own) != own) {
                    shared.add(collectives.group(op));
                }
            }
        }
        return shared;
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

    /** Errors that are no less than what transfers scatter, or collectives where there are none. */
    private static List<Long> atLeast(List<Long> known, List<long[]> transfers, List<long[]> collectives) {
        List<Long> errors = new ArrayList<>();
        for (int file = 0; file < transfers.size(); file++) {
            long[] apart = transfers.get(file).length > 0 ? transfers.get(file) : collectives.get(file);
            errors.add(Math.max(known.get(file), ClockTrack.errorNs(apart)));
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

    /** From each file's axis to that of the first file with a session start which transfers join it to. */
    private static List<FileClock> corrections(Clocks clocks, List<ClockTree.Link> links) {
        FileClock[] corrections = new FileClock[clocks.files().size()];
        for (int round = 0; round < 2; round++) {
            for (int file = 0; file < corrections.length; file++) {
                if (corrections[file] == null
                        && (round > 0 || !clocks.unplaced().contains(file))) {
                    corrections[file] = FileClock.shifted(0);
                    follow(file, links, corrections);
                }
            }
        }
        return List.of(corrections);
    }

    /** Refuses files without session start that transfers do not join to one with it, or else all to one another. */
    private static void requirePlaced(List<Extract> files, Clocks clocks, List<ClockTree.Link> links) {
        FileClock[] reached = new FileClock[files.size()];
        boolean first = clocks.unplaced().size() == files.size();
        for (int file = 0; file < reached.length; file++) {
            if (reached[file] == null && (first || !clocks.unplaced().contains(file))) {
                reached[file] = FileClock.shifted(0);
                follow(file, links, reached);
                first = false;
            }
        }
        for (int file = 0; file < reached.length; file++) {
            if (reached[file] == null) {
                throw Clocks.unknown(files.get(file));
            }
        }
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
            moved += !clocks.unplaced().contains(file) && Math.max(Math.abs(first), Math.abs(last)) > WORTH_NS ? 1 : 0;
        }
        return moved;
    }
}
