package io.github.bubbletrace.pipeline.label;

/** Numbers in names, bounded: nothing from a trace is trusted. */
final class Numbers {

    private static final int MAX_DIGITS = 8;

    private Numbers() {}

    /** The number that {@code digits} spell, or -1 where there are none or too many. */
    static int parse(String digits) {
        if (digits == null || digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(digits);
    }
}
