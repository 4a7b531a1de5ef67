package io.github.bubbletrace.reports.text;

import java.util.List;

/** Joins parts of sentences. */
public final class Sentence {

    private Sentence() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    public static String list(List<String> parts) {
        int last = parts.size() - 1;
        if (last <= 0) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /** {@code text} with a capital and, where it has no end mark of its own, a full stop. */
    public static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? capital : capital + '.';
    }
}
