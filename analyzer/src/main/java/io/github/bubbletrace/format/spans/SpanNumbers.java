package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.DecimalTime;

/** Small whole numbers as logs write them. */
public final class SpanNumbers {

    private static final int MAX_DIGITS = 8;

    private SpanNumbers() {}

    /** The number in {@code text}, which may end in {@code .0}; -1 where there is none, a negative or a huge one. */
    public static int integer(String text) {
        String digits = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(digits);
    }

    /** The whole number of bytes in {@code text}, -1 where there is none. */
    static long bytes(String text) {
        char[] chars = text.toCharArray();
        return Math.max(-1, DecimalTime.ns(chars, 0, chars.length, 0));
    }
}
