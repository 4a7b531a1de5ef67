package io.github.bubbletrace.trace;

/** A result that another thread leaves behind; it is read once that thread has been waited for. */
public final class Later<T> {

    private T value;

    /** Leaves the result behind. */
    public void set(T result) {
        value = result;
    }

    /** The result; null where none was left. */
    public T get() {
        return value;
    }
}
