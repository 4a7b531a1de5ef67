package io.github.bubbletrace.pipeline.clock;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts the files on one axis: nanoseconds since the earliest event of all. A file's session start is known in UTC; on
 * one host that is within 80 ns of the system's clock, or within the step of the file's stamps where that is larger.
 *
 * @param files where the times of each file stand on the axis
 * @param offsetNs how much later each file's clock starts than the earliest one's
 * @param errorNs bound of each file's alignment error
 * @param unplaced files whose place on the axis is not known yet, as nothing says when their sessions started
 */
public record Clocks(List<FileClock> files, List<Long> offsetNs, List<Long> errorNs, Set<Integer> unplaced) {

    private static final long SESSION_START_ERROR_NS = 80;
    private static final long HUNDRED_DAYS_NS = 100L * 86_400 * 1_000_000_000L;

    /**
     * Aligns the files by their sessions. Those that do not say when theirs started begin with the others and stay {@link
     * #unplaced}.
     */
    public static Clocks align(List<Extract> files, ImportLog log) {
        if (files.size() == 1) {
            return new Clocks(
                    List.of(FileClock.shifted(-files.get(0).counts().firstNs())), List.of(0L), List.of(0L), Set.of());
        }
        List<Extract> placed = files.stream().filter(Clocks::isPlaced).toList();
        long earliestEpoch = placed.stream().mapToLong(Clocks::epochNs).min().orElse(0);
        refuseOtherRuns(placed, earliestEpoch);
        long hosts = files.stream()
                .map(f -> f.source().host())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        log.count(Oddity.CLOCKS_ACROSS_HOSTS, hosts > 1 ? hosts : 0);
        long earliestEvent = placed.stream()
                .mapToLong(f -> epochNs(f) - earliestEpoch + f.counts().firstNs())
                .min()
                .orElse(0);
        List<Long> offsets = files.stream()
                .map(f -> isPlaced(f)
                        ? epochNs(f) - earliestEpoch
                        : earliestEvent - f.counts().firstNs())
                .toList();
        return new Clocks(
                offsets.stream().map(o -> FileClock.shifted(o - earliestEvent)).toList(),
                offsets,
                files.stream()
                        .map(f -> Math.max(SESSION_START_ERROR_NS, f.source().stampNs()))
                        .toList(),
                IntStream.range(0, files.size())
                        .filter(f -> !isPlaced(files.get(f)))
                        .boxed()
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The refusal of a file whose place on the axis nothing tells. */
    static UnusableInputException unknown(Extract file) {
        return new UnusableInputException(
                file.source().path(),
                "no session start time, and no transfers that only one alignment fits, so it cannot be aligned with the"
                        + " other files",
                file.source().format().startsWith("nsys")
                        ? "analyse it alone, or export it with a newer nsys"
                        : "analyse it alone, put all ranks in one file, or write times since 1970 in every file");
    }

    private static boolean isPlaced(Extract file) {
        return file.source().utcEpochNs().isPresent();
    }

    /** Where the times of a file stand on the axis. */
    public FileClock of(int file) {
        return files.get(file);
    }

    /** The same with other bounds of each file's alignment error. */
    Clocks withErrors(List<Long> newErrorNs) {
        return new Clocks(files, offsetNs, List.copyOf(newErrorNs), unplaced);
    }

    /**
     * The same with files whose clocks turned out to be off moved, and the earliest event at 0 again.
     *
     * @param corrections from the axis as it was to a better one, by file
     * @param newErrorNs bound of each file's alignment error
     */
    Clocks moved(List<Extract> extracts, List<FileClock> corrections, List<Long> newErrorNs) {
        List<FileClock> moved = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        long earliest = Long.MAX_VALUE;
        for (int file = 0; file < corrections.size(); file++) {
            long first = extracts.get(file).counts().firstNs();
            FileClock clock = of(file).then(corrections.get(file));
            moved.add(clock);
            offsets.add(offsetNs.get(file) + clock.shiftAt(first) - of(file).shiftAt(first));
            earliest = Math.min(earliest, clock.at(first));
        }
        long start = earliest;
        return new Clocks(
                moved.stream().map(clock -> clock.earlier(start)).toList(),
                List.copyOf(offsets),
                List.copyOf(newErrorNs),
                Set.of());
    }

    private static void refuseOtherRuns(List<Extract> files, long earliestEpoch) {
        for (Extract file : files) {
            if (epochNs(file) - earliestEpoch > HUNDRED_DAYS_NS) {
                throw new UnusableInputException(
                        file.source().path(),
                        "its session started months after another file's, so they are not of one run",
                        "give the files of one run");
            }
        }
    }

    private static long epochNs(Extract file) {
        return file.source().utcEpochNs().orElse(0);
    }
}
