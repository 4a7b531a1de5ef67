package io.github.bubbletrace.reports;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** New content for several files, made side by side: pictures take longer than all texts together. */
final class Replacements implements Closeable {

    private final List<Replacement> ready = new ArrayList<>();

    private Replacements() {}

    /**
     * Writes every content beside its file.
     *
     * @throws IOException where one cannot be written; nothing is left then
     */
    static Replacements prepare(Map<Path, Replacement.Content> contents) throws IOException {
        List<CompletableFuture<Replacement>> tasks = new ArrayList<>();
        contents.forEach((file, content) -> tasks.add(start(file, content)));
        Replacements replacements = new Replacements();
        Throwable fault = null;
        for (CompletableFuture<Replacement> task : tasks) {
            try {
                replacements.ready.add(task.join());
            } catch (CompletionException e) {
                fault = fault == null ? e.getCause() : fault;
            }
        }
        if (fault != null) {
            replacements.close();
            throw thrown(fault);
        }
        return replacements;
    }

    private static CompletableFuture<Replacement> start(Path file, Replacement.Content content) {
        CompletableFuture<Replacement> task = new CompletableFuture<>();
        return task.completeAsync(() -> {
            try {
                return Replacement.of(file, content);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Puts all of them into their files' places. */
    void commit() throws IOException {
        for (Replacement replacement : ready) {
            replacement.commit();
        }
    }

    @Override
    public void close() throws IOException {
        for (Replacement replacement : ready) {
            replacement.close();
        }
    }

    private static IOException thrown(Throwable fault) {
        if (fault instanceof IOException failed) {
            return failed;
        }
        if (fault instanceof Error error) {
            throw error;
        }
        throw fault instanceof RuntimeException bug ? bug : new IllegalStateException(fault);
    }
}
