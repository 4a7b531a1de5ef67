package io.github.bubbletrace.format;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A unit of time in a span log. */
public enum TimeUnit {
    /** Nanoseconds. */
    NS(0),
    /** Microseconds. */
    US(3),
    /** Milliseconds. */
    MS(6),
    /** Seconds. */
    S(9);

    private static final Map<String, TimeUnit> WORDS = Map.ofEntries(
            Map.entry("ns", NS),
            Map.entry("nanoseconds", NS),
            Map.entry("nanosec", NS),
            Map.entry("us", US),
            Map.entry("usec", US),
            Map.entry("microseconds", US),
            Map.entry("ms", MS),
            Map.entry("msec", MS),
            Map.entry("milliseconds", MS),
            Map.entry("s", S),
            Map.entry("sec", S),
            Map.entry("secs", S),
            Map.entry("seconds", S));

    private final int power;

    TimeUnit(int power) {
        this.power = power;
    }

    /** The unit is ten to this power nanoseconds. */
    public int power() {
        return power;
    }

    /** The unit that {@code word} names, in any case. */
    public static Optional<TimeUnit> named(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Its usual sign, as {@code ms}. */
    public String sign() {
        return name().toLowerCase(Locale.ROOT);
    }
}
