package io.github.bubbletrace.reports.output;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * New content for a file, written beside it and moved into its place when it is whole. A link is followed; a pipe or
 * device is written to. Until {@link #commit} an older file stays as it was; after {@link #close} nothing is left beside
 * it.
 */
final class Replacement implements Closeable {

    private final Path target;
    private final Path written;

    private Replacement(Path target, Path written) {
        this.target = target;
        this.written = written;
    }

    /** Writes content. */
    interface Content {

        /** Writes it to {@code out}, which stays open. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} beside {@code file}.
     *
     * @throws IOException where it cannot be written; nothing is left then
     */
    static Replacement of(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        boolean special = Files.exists(target) && !Files.isRegularFile(target);
        Replacement replacement = new Replacement(target, special ? target : beside(target));
        try {
            replacement.write(content);
            return replacement;
        } catch (IOException | RuntimeException e) {
            replacement.close();
            throw e;
        }
    }

    private void write(Content content) throws IOException {
        OutputStream file;
        if (written.equals(target)) {
            file = Files.newOutputStream(written);
        } else {
            Files.deleteIfExists(written);
            file = Files.newOutputStream(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        try (OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
            content.write(out);
        }
    }

    /** Puts the new content into the file's place. */
    void commit() throws IOException {
        if (written.equals(target)) {
            return;
        }
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }

    /** Not Files.createTempFile: its files are for their owner only, and a report is made to be shared. */
    private static Path beside(Path file) {
        String name = "." + file.getFileName() + '.' + ProcessHandle.current().pid() + ".tmp";
        return file.resolveSibling(name);
    }
}
