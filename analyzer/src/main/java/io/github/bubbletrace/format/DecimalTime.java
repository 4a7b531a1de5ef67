package io.github.bubbletrace.format;

/**
 * Times as decimal text, read to the nanosecond without going through a {@code double}: microseconds since 1970 with
 * three decimals have more digits than one holds.
 */
public final class DecimalTime {

    /** What text that is no number, or beyond what a {@code long} holds, gives. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long FULL = (Long.MAX_VALUE - 9) / 10;
    private static final int MAX_EXPONENT = 400;

    private DecimalTime() {}

    /** The time in {@code text}, given in {@code unit}, in nanoseconds rounded half away from zero; or {@link #NONE}. */
    public static long ns(String text, TimeUnit unit) {
        char[] chars = text.strip().toCharArray();
        return ns(chars, 0, chars.length, unit.power());
    }

    /**
     * The same of a part of an array.
     *
     * @param power the text's unit is ten to this power nanoseconds
     */
    public static long ns(char[] text, int offset, int length, int power) {
        int at = offset;
        int end = offset + length;
        boolean negative = at < end && text[at] == '-';
        at += negative || (at < end && text[at] == '+') ? 1 : 0;
        long mantissa = 0;
        int exponent = power;
        int dropped = -1;
        boolean fraction = false;
        int digits = 0;
        for (; at < end; at++) {
            char c = text[at];
            if (c == '.' && !fraction) {
                fraction = true;
            } else if (c < '0' || c > '9') {
                break;
            } else {
                digits++;
                if (dropped < 0 && mantissa <= FULL) {
                    mantissa = mantissa * 10 + (c - '0');
                    exponent -= fraction ? 1 : 0;
                } else {
                    dropped = dropped < 0 ? c - '0' : dropped;
                    exponent += fraction ? 0 : 1;
                }
            }
        }
        if (digits == 0) {
            return NONE;
        }
        int written = exponent(text, at, end);
        if (written == Integer.MIN_VALUE) {
            return NONE;
        }
        long value = scaled(mantissa, exponent + written, dropped);
        return value == NONE || !negative ? value : -value;
    }

    /** The exponent from {@code at} on, 0 where there is none, the least integer where something else stands. */
    private static int exponent(char[] text, int at, int end) {
        if (at == end) {
            return 0;
        }
        if ((text[at] != 'e' && text[at] != 'E') || at + 1 == end) {
            return Integer.MIN_VALUE;
        }
        int i = at + 1;
        boolean negative = text[i] == '-';
        i += negative || text[i] == '+' ? 1 : 0;
        if (i == end) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return Integer.MIN_VALUE;
            }
            value = Math.min(MAX_EXPONENT, value * 10 + (text[i] - '0'));
        }
        return negative ? -value : value;
    }

    private static long scaled(long mantissa, int exponent, int dropped) {
        long value = mantissa;
        int left = exponent;
        for (; left > 0 && value != 0; left--) {
            if (value > Long.MAX_VALUE / 10) {
                return NONE;
            }
            value *= 10;
        }
        int last = left < 0 ? 0 : dropped;
        for (; left < 0; left++) {
            last = (int) (value % 10);
            value /= 10;
        }
        return last >= 5 ? value + 1 : value;
    }
}
