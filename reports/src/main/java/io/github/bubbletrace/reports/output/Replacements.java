package io.github.bubbletrace.reports.output;

import io.github.bubbletrace.trace.Cores;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** New content for several files, made side by side: pictures take longer than all texts together. */
final class Replacements implements Closeable {

    private final List<Replacement> ready;

    private Replacements(List<Replacement> ready) {
        this.ready = ready;
    }

    /**
     * Writes every content beside its file.
     *
     * @throws IOException where one cannot be written; nothing is left then
     */
    static Replacements prepare(Map<Path, Replacement.Content> contents) throws IOException {
        List<Map.Entry<Path, Replacement.Content>> files = List.copyOf(contents.entrySet());
        Replacement[] ready = new Replacement[files.size()];
        Throwable[] faults = new Throwable[files.size()];
        Cores.forEach(files.size(), file -> {
            try {
                ready[file] =
                        Replacement.of(files.get(file).getKey(), files.get(file).getValue());
            } catch (IOException | RuntimeException | Error e) {
                faults[file] = e;
            }
        });
        Replacements replacements =
                new Replacements(Arrays.stream(ready).filter(Objects::nonNull).toList());
        Optional<Throwable> fault =
                Arrays.stream(faults).filter(Objects::nonNull).findFirst();
        if (fault.isPresent()) {
            replacements.close();
            throw thrown(fault.get());
        }
        return replacements;
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
