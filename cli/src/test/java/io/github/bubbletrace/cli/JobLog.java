package io.github.bubbletrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the sample job itself logged, by its own clocks and counters.
 *
 * @param rows tasks and hand-overs
 */
record JobLog(List<Row> rows) {

    /** Times are the job's System.nanoTime. */
    record Row(int iteration, int stage, int microBatch, long startNs, long endNs, long collectedMs, String what) {

        long ns() {
            return endNs - startNs;
        }
    }

    static JobLog read(Path file) throws IOException {
        return new JobLog(
                Files.readAllLines(file).stream().skip(1).map(JobLog::row).toList());
    }

    private static Row row(String line) {
        String[] words = line.split(",", -1);
        return new Row(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                words[6]);
    }

    int iterations() {
        return rows.stream().mapToInt(Row::iteration).max().orElse(-1) + 1;
    }

    /** From the first task's start to the last one's end. */
    long windowNs(int iteration) {
        List<Row> all = tasks(iteration);
        return all.stream().mapToLong(Row::endNs).max().orElseThrow()
                - all.stream().mapToLong(Row::startNs).min().orElseThrow();
    }

    /** The sum of {@code value} over the tasks of a stage. */
    long sum(int iteration, int stage, ToLongFunction<Row> value) {
        return tasks(iteration).stream()
                .filter(row -> row.stage() == stage)
                .mapToLong(value)
                .sum();
    }

    /** The middle one of a stage's task times. */
    double medianNs(int iteration, int stage) {
        return median(tasks(iteration).stream()
                .filter(row -> row.stage() == stage)
                .mapToDouble(Row::ns)
                .toArray());
    }

    /** The middle one of the times of hand-overs. */
    double medianHandOverNs(int iteration) {
        return median(rows.stream()
                .filter(row -> row.iteration() == iteration && row.what().equals("handover"))
                .mapToDouble(Row::ns)
                .toArray());
    }

    private List<Row> tasks(int iteration) {
        return rows.stream()
                .filter(row -> row.iteration() == iteration && row.what().equals("task"))
                .toList();
    }

    /** The middle one, the higher of two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
