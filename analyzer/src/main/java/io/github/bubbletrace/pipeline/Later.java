package io.github.bubbletrace.pipeline;

/** A result that another thread leaves behind; it is read once that thread has been waited for. */
final class Later<T> {

    private T value;

    void set(T result) {
        value = result;
    }

    T get() {
        return value;
    }
}
