package io.github.bubbletrace.pipeline.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words {@code key=value} of a text: keys of letters and underscores in any case, values of letters and digits. The first
 * of equal keys counts.
 */
final class KeyValues {

    /** Keys and values in turn; a text has few, so that looking through them takes less than hashing. */
    private final List<String> words = new ArrayList<>();

    KeyValues(String text) {
        int free = 0;
        for (int sign = text.indexOf('='); sign >= 0; sign = text.indexOf('=', sign + 1)) {
            int key = sign;
            while (key > free && (isLetter(text.charAt(key - 1)) || text.charAt(key - 1) == '_')) {
                key--;
            }
            int end = sign + 1;
            while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
                end++;
            }
            if (key < sign && end > sign + 1) {
                words.add(text.substring(key, sign).toLowerCase(Locale.ROOT));
                words.add(text.substring(sign + 1, end));
                free = end;
            }
        }
    }

    /** The value of {@code key}, or null. */
    String text(String key) {
        for (int word = 0; word < words.size(); word += 2) {
            if (words.get(word).equals(key)) {
                return words.get(word + 1);
            }
        }
        return null;
    }

    /** The number under the first of {@code keys} that is there, or -1. */
    int number(String... keys) {
        for (String key : keys) {
            String value = text(key);
            if (value != null) {
                return Numbers.parse(value);
            }
        }
        return -1;
    }

    /** Where the letters end that begin at {@code start}. */
    static int lettersEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
