package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the recording counted of itself and the reader reports, by FORMAT.md's numbers. */
enum Counter {
    /** Lost within CUPTI. */
    DROPPED_BY_CUPTI(32, Oddity.RECORDS_LOST, "within CUPTI"),
    /** More waited than may. */
    DROPPED_AT_BOUND(33, Oddity.RECORDS_LOST, "at the bound of BUBBLETRACE_MEMORY_MB"),
    /** Not over when recording stopped. */
    DROPPED_INCOMPLETE(34, Oddity.RECORDS_INCOMPLETE, ""),
    /** Not understood by the recording. */
    DROPPED_MALFORMED(35, Oddity.RECORDS_LOST, "of a form that the hook library does not know"),
    /** After the file could not be written on. */
    DROPPED_UNWRITABLE(36, Oddity.RECORDS_LOST, "as the file could not be written on");

    private final int number;
    private final Oddity oddity;
    private final String detail;

    Counter(int number, Oddity oddity, String detail) {
        this.number = number;
        this.oddity = oddity;
        this.detail = detail;
    }

    /** The totals of one capture. They only grow, so the greatest is the last. */
    static final class Totals {

        private static final int MAX_COUNTERS = 256;

        private final Map<Integer, Long> greatest = new HashMap<>();

        void add(long counter, long total) {
            if (counter >= 0 && counter < MAX_COUNTERS) {
                greatest.merge((int) counter, total, Math::max);
            }
        }

        void report(ImportLog log) {
            Arrays.stream(values()).forEach(c -> log.count(c.oddity, greatest.getOrDefault(c.number, 0L), c.detail));
        }
    }
}
