package io.github.bubbletrace.agent.core;

import java.util.Locale;
import java.util.Map;

/** Sizes and times in options. */
final class Amount {

    private static final Map<String, Long> SIZES = Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
    private static final Map<String, Long> TIMES = Map.of("s", 1000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L);

    private Amount() {}

    /** Whether {@code text} ends in a unit of size. */
    static boolean isSize(String text) {
        return SIZES.containsKey(unit(text));
    }

    /** Bytes in a text such as {@code 200MB}. */
    static long bytes(String option, String text) {
        return number(option, text, SIZES, "200MB");
    }

    /** Milliseconds in a text such as {@code 10m}. */
    static long millis(String option, String text) {
        return number(option, text, TIMES, "10m");
    }

    private static long number(String option, String text, Map<String, Long> units, String example) {
        Long unit = units.get(unit(text));
        String digits = text.replaceAll("\\D+$", "");
        if (unit == null || !digits.matches("\\d{1,9}") || Long.parseLong(digits) == 0) {
            throw new AgentException(
                    "option '" + option + "' is '" + text + "'; use a number and a unit, such as " + example);
        }
        return Long.parseLong(digits) * unit;
    }

    private static String unit(String text) {
        return text.replaceAll("^\\d*", "").toLowerCase(Locale.ROOT);
    }
}
