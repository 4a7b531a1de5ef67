package io.github.bubbletrace;

import java.nio.file.Path;

/**
 * Is told how far the reading of files has come. Calls for different files may come from different threads at the same
 * time.
 */
public interface ReadListener {

    /** Listens to nothing. */
    ReadListener NONE = new ReadListener() {};

    /** {@code files} files of together {@code bytes} bytes are about to be read. */
    default void planned(int files, long bytes) {}

    /** The reading of {@code file}, of {@code bytes} bytes, begins. */
    default void started(Path file, long bytes) {}

    /**
     * {@code bytes} more of {@code file} are read. Not every file says so; together they may be more or less than its
     * size.
     */
    default void read(Path file, long bytes) {}

    /** {@code file} is read. */
    default void finished(Path file) {}
}
