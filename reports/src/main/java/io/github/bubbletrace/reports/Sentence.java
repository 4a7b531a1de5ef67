package io.github.bubbletrace.reports;

import java.util.List;

/** Joins parts of sentences. */
final class Sentence {

    private Sentence() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> parts) {
        int last = parts.size() - 1;
        if (last <= 0) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /** {@code text} with a full stop where it has no end mark of its own. */
    static String stop(String text) {
        return text.isEmpty() || text.matches("(?s).*[.!?]") ? text : text + '.';
    }
}
