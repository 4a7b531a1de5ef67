package io.github.bubbletrace.format;

/** An input that cannot be used. Its message is one line: which file, what is wrong, what to do. */
public final class UnusableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;
    private final String advice;

    /** Names the file as the user did, the problem and the remedy, each without a full stop. */
    public UnusableInputException(String path, String problem, String advice) {
        super(path + ": " + problem + "; " + advice);
        this.path = path;
        this.problem = problem;
        this.advice = advice;
    }

    /** The file as the user named it. */
    public String path() {
        return path;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
