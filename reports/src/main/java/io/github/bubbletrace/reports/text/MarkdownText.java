package io.github.bubbletrace.reports.text;

/** Text for Markdown as GitHub and GitLab read it. */
public final class MarkdownText {

    /** Characters that mean something somewhere; a backslash before them is never shown. */
    private static final String SPECIAL = "\\`*_{}[]<>#!|~&$^";

    private static final String WORD_JOINER = "\u2060";

    private MarkdownText() {}

    /** Text from a trace as plain text: no markup, no link, no mention of anybody. */
    public static String escape(String text) {
        return escape(text, PlainText.MAX_LENGTH);
    }

    /** The same with another bound on its length, in code points. */
    public static String escape(String text, int maxLength) {
        StringBuilder escaped = new StringBuilder();
        String clean = PlainText.clean(text, maxLength);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (isSpecial(clean, i)) {
                escaped.append('\\');
            }
            escaped.append(c);
            if (c == '@') {
                // A backslash does not keep GitHub from telling a person of that name.
                escaped.append(WORD_JOINER);
            }
        }
        return escaped.toString();
    }

    /** Text as code, which needs no escapes: fenced by more backticks than it holds in a row. */
    public static String code(String text) {
        String clean = PlainText.clean(text).strip();
        String fence = "`";
        while (clean.contains(fence)) {
            fence += "`";
        }
        boolean touches = clean.isEmpty() || clean.startsWith("`") || clean.endsWith("`");
        String space = touches ? " " : "";
        return fence + space + clean + space + fence;
    }

    /** Points, dashes and the like are escaped only where they could start something, to keep the source readable. */
    private static boolean isSpecial(String text, int i) {
        char c = text.charAt(i);
        char before = i == 0 ? ' ' : text.charAt(i - 1);
        char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
        return switch (c) {
            case '.' -> Character.isLetter(before) && Character.isLetter(after);
            case ':', '/' -> after == '/';
            case '-', '+', '=' -> i == 0;
            default -> SPECIAL.indexOf(c) >= 0;
        };
    }
}
