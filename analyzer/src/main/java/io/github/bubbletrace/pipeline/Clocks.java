package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Puts the files on one axis: nanoseconds since the earliest event of all. A file's session start is known in UTC; on
 * one host that is within 80 ns of the system's clock, or within the step of the file's stamps where that is larger.
 *
 * @param shiftNs what to add to each file's times
 * @param offsetNs how much later each file's clock starts than the earliest one's
 * @param errorNs bound of each file's alignment error
 */
public record Clocks(List<Long> shiftNs, List<Long> offsetNs, List<Long> errorNs) {

    private static final long SESSION_START_ERROR_NS = 80;
    private static final long HUNDRED_DAYS_NS = 100L * 86_400 * 1_000_000_000L;

    /**
     * Aligns the files.
     *
     * @throws UnusableInputException where one of several files does not say when its session started
     */
    public static Clocks align(List<Extract> files, ImportLog log) {
        if (files.size() == 1) {
            return new Clocks(List.of(-files.get(0).counts().firstNs()), List.of(0L), List.of(0L));
        }
        for (Extract file : files) {
            if (file.source().utcEpochNs().isEmpty()) {
                throw new UnusableInputException(
                        file.source().path(),
                        "no session start time, so it cannot be aligned with the other files",
                        file.source().format().startsWith("nsys")
                                ? "analyse it alone, or export it with a newer nsys"
                                : "analyse it alone, put all ranks in one file, or write times since 1970 in every file");
            }
        }
        long earliestEpoch = files.stream().mapToLong(Clocks::epochNs).min().orElse(0);
        refuseOtherRuns(files, earliestEpoch);
        long hosts = files.stream()
                .map(f -> f.source().host())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        log.count(Oddity.CLOCKS_ACROSS_HOSTS, hosts > 1 ? hosts : 0);
        long earliestEvent = files.stream()
                .mapToLong(f -> epochNs(f) - earliestEpoch + f.counts().firstNs())
                .min()
                .orElse(0);
        List<Long> offsets = files.stream().map(f -> epochNs(f) - earliestEpoch).toList();
        return new Clocks(
                offsets.stream().map(o -> o - earliestEvent).toList(),
                offsets,
                files.stream()
                        .map(f -> Math.max(SESSION_START_ERROR_NS, f.source().stampNs()))
                        .toList());
    }

    /**
     * The same with files whose clocks turned out to be late moved back, and the earliest event at 0 again.
     *
     * @param lateNs how much later each file's clock shows a moment than the first one's
     * @param newErrorNs bound of each file's alignment error
     */
    Clocks moved(List<Extract> files, long[] lateNs, long[] newErrorNs) {
        List<Long> shifts = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        long earliest = Long.MAX_VALUE;
        for (int file = 0; file < lateNs.length; file++) {
            long shift = shiftNs.get(file) - lateNs[file];
            shifts.add(shift);
            offsets.add(offsetNs.get(file) - lateNs[file]);
            earliest = Math.min(earliest, shift + files.get(file).counts().firstNs());
        }
        long first = earliest;
        return new Clocks(
                shifts.stream().map(shift -> shift - first).toList(),
                List.copyOf(offsets),
                Arrays.stream(newErrorNs).boxed().toList());
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
