package io.github.bubbletrace.pipeline.rank;

import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.Lane;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rank of every process with activity: as the trace names it (MPI thread names, MPI tracing), as the environment of
 * a file's only process says, as the file's name says, and last by process id, which is counted.
 */
public final class Ranks {

    private static final Pattern FILE_RANK = Pattern.compile("(?i).*rank[_.-]?(\\d{1,7})(?!\\d).*");

    private final Map<List<Integer>, Integer> rankOf = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();
    private final ImportLog log;

    private Ranks(ImportLog log) {
        this.log = log;
    }

    /** Ranks of all processes of all files. */
    public static Ranks assign(List<Extract> files, ImportLog log) {
        Ranks ranks = new Ranks(log);
        List<List<Integer>> unnamed = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            for (int process : activeProcesses(files.get(file))) {
                int named = named(files.get(file), process);
                if (named < 0 || !ranks.take(file, process, named)) {
                    unnamed.add(List.of(file, process));
                }
            }
        }
        ranks.number(files, unnamed);
        return ranks;
    }

    /** The rank of a process. */
    public int of(int file, int process) {
        return rankOf.get(List.of(file, process));
    }

    /** The ranks of one file, ascending. */
    public List<Integer> ofFile(int file) {
        return rankOf.entrySet().stream()
                .filter(e -> e.getKey().get(0) == file)
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    /** All ranks of all files. */
    public Set<Integer> all() {
        return Set.copyOf(taken);
    }

    private boolean take(int file, int process, int rank) {
        boolean free = taken.add(rank);
        log.count(Oddity.RANKS_REPEATED, free ? 0 : 1);
        if (free) {
            rankOf.put(List.of(file, process), rank);
        }
        return free;
    }

    private void number(List<Extract> files, List<List<Integer>> unnamed) {
        unnamed.sort(Comparator.<List<Integer>>comparingInt(
                        p -> files.get(p.get(0)).processes().pid(p.get(1)))
                .thenComparing(p -> files.get(p.get(0)).source().path()));
        int rank = 0;
        for (List<Integer> process : unnamed) {
            while (taken.contains(rank)) {
                rank++;
            }
            taken.add(rank);
            rankOf.put(process, rank);
        }
        log.count(Oddity.RANKS_BY_PID, unnamed.size());
    }

    private static List<Integer> activeProcesses(Extract file) {
        return file.lanes().stream().map(Lane::process).distinct().toList();
    }

    private static int named(Extract file, int process) {
        int rank = file.processes().rank(process);
        if (rank >= 0 || activeProcesses(file).size() > 1) {
            return rank;
        }
        if (file.source().rank().isPresent()) {
            return file.source().rank().getAsInt();
        }
        String path = file.source().path();
        Matcher name = FILE_RANK.matcher(path.substring(path.lastIndexOf('/') + 1));
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }
}
