package io.github.bubbletrace.analysis;

import java.util.Locale;

/**
 * A question that led to no finding.
 *
 * @param id stable name, as {@code slow-stage}
 * @param status whether the answer was no, or could not be given
 * @param text the answer with its number; or what it lacks and what to record
 */
public record Check(String id, Status status, String text) {

    /** What became of the question. */
    public enum Status {
        /** Looked at, and nothing found. */
        PASSED,
        /** The trace does not hold what the question needs. */
        NOT_APPLICABLE;

        /** The name in the analysis document, as {@code not-applicable}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
