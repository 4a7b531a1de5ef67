package io.github.bubbletrace.reports.text;

/** Makes text from a trace harmless: no control or direction characters, well-formed, of bounded length. */
public final class PlainText {

    /** Longest text shown in full; kernel and range names reach 10 kB. */
    static final int MAX_LENGTH = 400;

    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** {@code text} for people: one line, control characters dropped, at most {@link #MAX_LENGTH} characters. */
    public static String clean(String text) {
        return clean(text, MAX_LENGTH);
    }

    /** The same with another bound, in code points. */
    public static String clean(String text, int maxLength) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), maxLength));
        int length = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int shown = shown(point);
            if (shown < 0) {
                continue;
            }
            if (length++ == maxLength) {
                return kept.append('\u2026').toString();
            }
            kept.appendCodePoint(shown);
        }
        return kept.toString();
    }

    /** {@code text} with every half of a surrogate pair replaced: what UTF-8 can hold. */
    public static String wellFormed(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().map(PlainText::pairedOrReplacement).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static int shown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> Character.isWhitespace(point) ? ' ' : -1;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT -> -1;
            case Character.UNASSIGNED -> REPLACEMENT;
            default -> pairedOrReplacement(point);
        };
    }

    private static int pairedOrReplacement(int point) {
        return Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point;
    }
}
