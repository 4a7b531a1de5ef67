package io.github.bubbletrace.format;

/** An input, or a place to write to, that cannot be used; the message is one line that says what to do. */
public final class UnusableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;
    private final String advice;

    /** The file {@code path} has {@code problem}; {@code advice} says what the user can do about it. */
    public UnusableInputException(String path, String problem, String advice) {
        this(path, problem, advice, null);
    }

    /** The same, with what led to it. */
    public UnusableInputException(String path, String problem, String advice, Throwable cause) {
        super(path + ": " + problem + "; " + advice, cause);
        this.path = path;
        this.problem = problem;
        this.advice = advice;
    }

    /** The file or folder as the user named it. */
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
