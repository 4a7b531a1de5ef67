package io.github.bubbletrace.format.capture;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Who wrote a capture: the first word on each key counts. */
final class Identity {

    private static final int MAX_KEYS = 64;
    private static final int MAX_NUMBER_DIGITS = 9;

    private final Map<String, String> values = new HashMap<>();

    /** Adds {@code key=value}. */
    void add(String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0 && values.size() < MAX_KEYS) {
            values.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    /** The value of {@code key}, or null. */
    String text(String key) {
        return values.get(key);
    }

    /** The value of {@code key} where it is a number from 0 up. */
    OptionalInt number(String key) {
        String value = values.getOrDefault(key, "");
        boolean number = !value.isEmpty()
                && value.length() <= MAX_NUMBER_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    /** The library's version and CUPTI's, or null. */
    String producer() {
        String library = values.get("producer");
        String cupti = values.get("cuptiVersion");
        return library == null || cupti == null ? library : library + ", CUPTI " + cupti;
    }
}
