package io.github.bubbletrace.reports.text;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A finding's evidence in words: {@code gainOfThatLink} is for scripts. */
public final class EvidenceText {

    private static final Set<String> SHARES = Set.of("share", "change", "unresolved", "predictionError");

    private EvidenceText() {}

    /** {@code gain of that link 3.2 %, mean task 32.2 ms, stage 3}; empty where there is none. */
    public static String of(Map<String, Object> evidence) {
        StringJoiner text = new StringJoiner(", ");
        if (evidence != null) {
            new TreeMap<>(evidence).forEach((name, value) -> text.add(phrase(name, value)));
        }
        return text.toString();
    }

    private static String phrase(String name, Object value) {
        return switch (name) {
            case "relative" -> value(name, value) + " times the median";
            case "timesFastest" -> value(name, value) + " times the fastest";
            default -> words(name) + ' ' + value(name, value);
        };
    }

    private static String words(String name) {
        String plain = name.length() > 2 && name.endsWith("Ns") ? name.substring(0, name.length() - 2) : name;
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean begins = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(plain.charAt(i - 1));
            words.append(begins ? " " : "").append(begins ? Character.toLowerCase(c) : c);
        }
        return words.toString();
    }

    private static String value(String name, Object value) {
        if (name.endsWith("Ns") && (value instanceof Long || value instanceof Integer)) {
            return Units.time(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return isShare(name) ? Units.percent(number) : Units.decimals(number, 3);
        }
        return String.valueOf(value);
    }

    private static boolean isShare(String name) {
        return SHARES.contains(name) || name.startsWith("gain") || name.startsWith("formula") || name.endsWith("Share");
    }
}
