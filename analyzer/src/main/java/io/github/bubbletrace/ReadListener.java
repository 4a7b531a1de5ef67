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

    /** The reading of {@code file} begins. */
    default void started(Path file) {}

    /** {@code file}, of {@code bytes} bytes, is read. */
    default void finished(Path file, long bytes) {}
}
