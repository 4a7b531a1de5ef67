package io.github.bubbletrace.reports.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people read them; the same in every locale. */
public final class Units {

    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    /** Digits between two commas. */
    private static final int GROUP = 3;

    private Units() {}

    /** Nanoseconds with the unit that leaves few digits: {@code 450 ns}, {@code 12.3 ms}, {@code 61.5 s}. */
    public static String time(long ns) {
        Scale scale = Scale.of(ns);
        double value = (double) ns / scale.ns;
        return decimals(value, scale == Scale.NANOS ? 0 : digitsAfterPoint(value)) + ' ' + scale.unit;
    }

    /** A share from 0 to 1 as {@code 27.3 %}. */
    public static String percent(double ratio) {
        return Double.isFinite(ratio) ? decimals(100 * ratio, 1) + " %" : "unknown";
    }

    /** Tenths of a percent as {@code 27.3}, without the sign. */
    public static String tenths(int tenthsOfPercent) {
        return decimals(tenthsOfPercent / 10.0, 1);
    }

    /** {@code 1 stage}, {@code 4 stages}, {@code 12,345 kernels}. */
    public static String count(long count, String singular) {
        String ending = singular.endsWith("ch") ? "es" : "s";
        return whole(count) + ' ' + singular + (count == 1 ? "" : ending);
    }

    /** A whole number with thousands apart: {@code 12,345}. */
    public static String whole(long number) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int at = text.length() - GROUP; at > first; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** Bytes as {@code 12.3 GB}; {@code unknown} for null. */
    public static String bytes(Long bytes) {
        if (bytes == null) {
            return "unknown";
        }
        if (bytes < US) {
            return bytes + " B";
        }
        if (bytes < MS) {
            return whole(bytes / US) + " kB";
        }
        return bytes < S ? decimals((double) bytes / MS, 1) + " MB" : decimals((double) bytes / S, 1) + " GB";
    }

    /** What String.format writes for {@code %.1f} and the like, but for a zero that is negative. */
    public static String decimals(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value))
                        .setScale(digits, RoundingMode.HALF_UP)
                        .toPlainString()
                : Double.toString(value);
    }

    private static int digitsAfterPoint(double value) {
        double size = Math.abs(value);
        if (size >= 99.95) {
            return 0;
        }
        return size >= 9.995 ? 1 : 2;
    }

    /** A unit of time that all numbers of a column share. */
    public enum Scale {
        NANOS(1, "ns", 0),
        MICROS(US, "us", 1),
        MILLIS(MS, "ms", 2),
        SECONDS(S, "s", 3);

        private final long ns;
        private final String unit;
        private final int digits;

        Scale(long ns, String unit, int digits) {
            this.ns = ns;
            this.unit = unit;
            this.digits = digits;
        }

        /** The largest unit of which {@code ns} holds at least one, rounding included. */
        public static Scale of(long ns) {
            double size = Math.abs((double) ns);
            if (size < US) {
                return NANOS;
            }
            if (size < 0.9995 * MS) {
                return MICROS;
            }
            return size < 0.9995 * S ? MILLIS : SECONDS;
        }

        /** The unit's sign. */
        public String unit() {
            return unit;
        }

        /** Nanoseconds in this unit. */
        public double value(double nanoseconds) {
            return nanoseconds / ns;
        }

        /** {@code ns} in this unit, without its name. */
        public String number(long value) {
            return decimals((double) value / ns, digits);
        }
    }
}
