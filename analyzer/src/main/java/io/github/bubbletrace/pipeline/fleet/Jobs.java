package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.clock.Clocks;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the inputs are of one job, and which of its ranks they lack. */
final class Jobs {

    private static final String ADVICE = "give the traces of one job, each rank once";

    private Jobs() {}

    /**
     * Refuses inputs of several jobs: of different sizes, or with a rank that two files name as theirs.
     *
     * @throws UnusableInputException where they are
     */
    static void requireOne(List<Extract> files) {
        Map<Integer, String> fileOfRank = new HashMap<>();
        Extract sized = null;
        for (Extract file : files) {
            if (file.source().worldSize().isPresent()) {
                int size = file.source().worldSize().getAsInt();
                if (sized != null && sized.source().worldSize().getAsInt() != size) {
                    throw refused(
                            file,
                            "is of a job of " + size + " ranks, "
                                    + sized.source().path() + " of one of "
                                    + sized.source().worldSize().getAsInt());
                }
                sized = file;
            }
            for (int rank : namedRanks(file)) {
                String other = fileOfRank.putIfAbsent(rank, file.source().path());
                if (other != null) {
                    throw refused(file, "is rank " + rank + ", as " + other + " is: a copy or another job");
                }
            }
        }
    }

    /**
     * Refuses inputs that were not recorded at the same time.
     *
     * @throws UnusableInputException where some follow the others
     */
    static void requireOneTime(List<Extract> files, Clocks clocks) {
        List<Integer> order = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            if (files.get(file).counts().lastNs() > 0) {
                order.add(file);
            }
        }
        order.sort(Comparator.comparingLong(f -> startNs(files, clocks, f)));
        long end = Long.MAX_VALUE;
        for (int file : order) {
            long error = 1_000_000_000L;
            if (end < Long.MAX_VALUE && startNs(files, clocks, file) > end + error) {
                throw refused(files.get(file), "was recorded after all others had ended: another job or another part");
            }
            long own = clocks.of(file).at(files.get(file).counts().lastNs());
            end = end == Long.MAX_VALUE ? own : Math.max(end, own);
        }
    }

    /** Counts the ranks of the job that no input holds, named in ranges. */
    static void countMissing(List<Extract> files, Set<Integer> present, ImportLog log) {
        OptionalInt size = files.stream()
                .map(file -> file.source().worldSize())
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .max();
        List<String> missing = new ArrayList<>();
        long count = 0;
        int rank = 0;
        while (rank < size.orElse(0)) {
            int from = rank;
            while (rank < size.getAsInt() && !present.contains(rank)) {
                rank++;
            }
            if (rank > from) {
                missing.add(rank - from == 1 ? "" + from : from + ".." + (rank - 1));
                count += rank - from;
            }
            rank++;
        }
        log.count(Oddity.RANKS_MISSING, count, shown(missing));
    }

    private static String shown(List<String> parts) {
        return parts.stream().limit(8).collect(Collectors.joining(", ")) + (parts.size() > 8 ? ", ..." : "");
    }

    private static long startNs(List<Extract> files, Clocks clocks, int file) {
        return clocks.of(file).at(files.get(file).counts().firstNs());
    }

    /** The ranks that a file in a form other than Nsight's names itself; Nsight's are often guesses of its layout. */
    private static Set<Integer> namedRanks(Extract file) {
        Set<Integer> ranks = new TreeSet<>();
        if (!file.source().format().startsWith("nsys")) {
            for (int rank : file.processes().ranks()) {
                if (rank >= 0) {
                    ranks.add(rank);
                }
            }
        }
        return ranks;
    }

    private static UnusableInputException refused(Extract file, String problem) {
        return new UnusableInputException(file.source().path(), problem, ADVICE);
    }
}
