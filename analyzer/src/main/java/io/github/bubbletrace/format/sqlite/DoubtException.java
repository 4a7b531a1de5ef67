package io.github.bubbletrace.format.sqlite;

/** Something in the file that SQLite's own library should judge. It carries no stack trace: it never leaves the package. */
final class DoubtException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DoubtException(String what) {
        super(what, null, false, false);
    }

    /** Doubts unless {@code holds}. */
    static void unless(boolean holds, String what) {
        if (!holds) {
            throw new DoubtException(what);
        }
    }
}
