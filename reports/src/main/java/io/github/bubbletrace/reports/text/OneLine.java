package io.github.bubbletrace.reports.text;

/** Error messages for a terminal: one line, without control characters, of bounded length. */
public final class OneLine {

    private static final int MAX_LENGTH = 2000;

    private OneLine() {}

    /** {@code message} as one line. */
    public static String of(String message) {
        return PlainText.clean(message == null ? "no message" : message, MAX_LENGTH)
                .strip();
    }
}
