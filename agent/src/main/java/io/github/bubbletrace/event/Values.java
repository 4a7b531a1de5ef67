package io.github.bubbletrace.event;

/** Numbers out of what arguments hold. */
public final class Values {

    private Values() {}

    /** A long as an int, unknown where it does not fit. */
    public static int of(long value) {
        return value < 0 || value > Integer.MAX_VALUE ? Spans.UNKNOWN : (int) value;
    }

    /** The number that {@code value} is or, as a text, holds first; the ordinal of an enum; else unknown. */
    public static int of(Object value) {
        if (value instanceof Number) {
            return of(((Number) value).longValue());
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).ordinal();
        }
        if (value instanceof CharSequence) {
            return number((CharSequence) value);
        }
        Spans.failed(null);
        return Spans.UNKNOWN;
    }

    /** The first whole number in {@code text}, or unknown. */
    static int number(CharSequence text) {
        int at = 0;
        while (at < text.length() && !isDigit(text.charAt(at))) {
            at++;
        }
        long value = at < text.length() ? 0 : Spans.UNKNOWN;
        for (; at < text.length() && isDigit(text.charAt(at)) && value <= Integer.MAX_VALUE; at++) {
            value = value * 10 + (text.charAt(at) - '0');
        }
        return of(value);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
