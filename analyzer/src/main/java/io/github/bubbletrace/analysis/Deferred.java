package io.github.bubbletrace.analysis;

import java.util.function.Supplier;

/** A value that is worked out when it is first asked for, once. Safe for several threads. */
public final class Deferred<T> {

    private Supplier<T> source;
    private T value;

    /** The value that {@code source} gives; it may be null. */
    public Deferred(Supplier<T> source) {
        this.source = source;
    }

    /** A value that is there already. */
    public static <T> Deferred<T> of(T value) {
        return new Deferred<>(() -> value);
    }

    /** The value; may be null. */
    public synchronized T get() {
        if (source != null) {
            value = source.get();
            source = null;
        }
        return value;
    }
}
