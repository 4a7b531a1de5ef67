package io.github.bubbletrace.format.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The plain name of a function whose name was mangled by the Itanium C++ ABI, as CUPTI gives those of kernels: its
 * namespaces and its own name, without template arguments and parameters. A name that is not understood stays as it is.
 */
final class MangledName {

    /** Deeper nesting of template arguments than this is no compiler's. */
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;

    private MangledName(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The plain form of {@code name}, or {@code name} itself. */
    static String plain(String name) {
        if (!name.startsWith("_Z")) {
            return name;
        }
        List<String> parts = new ArrayList<>();
        boolean understood = new MangledName(name, 2).read(parts);
        return understood ? String.join("::", parts) : name;
    }

    private boolean read(List<String> parts) {
        skip('L');
        if (!skip('N')) {
            boolean isStd = peek() == 'S' && peek(1) == 't';
            at += isStd ? 2 : 0;
            if (isStd) {
                parts.add("std");
            }
            return sourceName(parts);
        }
        while (peek() == 'r' || peek() == 'V' || peek() == 'K' || peek() == 'R' || peek() == 'O') {
            at++;
        }
        while (!skip('E')) {
            if (!component(parts)) {
                return false;
            }
        }
        return !parts.isEmpty();
    }

    private boolean component(List<String> parts) {
        skip('L');
        if (isDigit(peek())) {
            return sourceName(parts);
        }
        if (peek() == 'I') {
            return arguments(0);
        }
        if (peek() == 'S' && peek(1) == 't') {
            at += 2;
            parts.add("std");
            return true;
        }
        return false;
    }

    private boolean sourceName(List<String> parts) {
        int length = length();
        if (length <= 0) {
            return false;
        }
        String name = text.substring(at, at + length);
        parts.add(name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name);
        at += length;
        return true;
    }

    /** The length before a name; 0 where none fits. */
    private int length() {
        int length = 0;
        while (isDigit(peek())) {
            length = length * 10 + (peek() - '0');
            at++;
            if (length > text.length() - at) {
                return 0;
            }
        }
        return length;
    }

    /** Skips from an opening letter to its E. Within, names have lengths, and literals their digits. */
    private boolean arguments(int depth) {
        at++;
        while (depth < MAX_DEPTH && at < text.length()) {
            char c = peek();
            if (c == 'E') {
                at++;
                return true;
            }
            if (!argument(c, depth)) {
                return false;
            }
        }
        return false;
    }

    private boolean argument(char c, int depth) {
        if (isDigit(c)) {
            int length = length();
            at += length;
            return length > 0;
        }
        return switch (c) {
            case 'I', 'N', 'J', 'F', 'X' -> arguments(depth + 1);
            case 'L' -> literal(depth);
            case 'S', 'T' -> substitution();
            default -> {
                at++;
                yield true;
            }
        };
    }

    /** A literal: L, its type, its digits, E; or L, a whole mangled name, E. */
    private boolean literal(int depth) {
        at++;
        if (peek() == '_') {
            return false;
        }
        boolean typed = (isDigit(peek()) || peek() == 'N') ? argument(peek(), depth) : peek() != 'E';
        if (!typed) {
            return false;
        }
        int end = text.indexOf('E', at);
        at = end + 1;
        return end >= 0;
    }

    /** S_ S0_ St Sa T_ T0_ and so on. */
    private boolean substitution() {
        boolean isTemplate = peek() == 'T';
        at++;
        if (!isTemplate && Character.isLowerCase(peek())) {
            at++;
            return true;
        }
        while (isDigit(peek()) || Character.isUpperCase(peek())) {
            at++;
        }
        return skip('_');
    }

    private boolean skip(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private char peek() {
        return peek(0);
    }

    private char peek(int further) {
        return at + further < text.length() ? text.charAt(at + further) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
