package io.github.bubbletrace.format;

/** An input, or a place to write to, that cannot be used; the message is one line that says what to do. */
public final class UnusableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_LENGTH = 4096;

    private final String path;
    private final String problem;
    private final String advice;

    /** The file {@code path} has {@code problem}; {@code advice} says what the user can do about it. */
    public UnusableInputException(String path, String problem, String advice) {
        this(path, problem, advice, null);
    }

    /** The same, with what led to it. */
    public UnusableInputException(String path, String problem, String advice, Throwable cause) {
        super(line(path) + ": " + line(problem) + "; " + line(advice), cause);
        this.path = line(path);
        this.problem = line(problem);
        this.advice = line(advice);
    }

    /** Names in a damaged file can hold anything: control characters are shown as question marks, long texts cut. */
    private static String line(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + "...";
    }

    /** The file or folder as the user named it, without control characters. */
    public String path() {
        return path;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /** What the user can do about it. */
    public String advice() {
        return advice;
    }
}
