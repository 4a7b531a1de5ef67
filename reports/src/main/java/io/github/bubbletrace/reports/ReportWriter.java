package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes reports so that a reader sees the old file or the whole new one: first everything is rendered, then each text
 * goes to a temporary file beside its place and is moved there.
 */
public final class ReportWriter {

    private ReportWriter() {}

    /**
     * Writes {@code outputs} into {@code folder}, which is created where it is missing.
     *
     * @return the files written, in the order of the outputs
     * @throws IOException where the folder or a file cannot be written; files not yet replaced stay as they were
     */
    public static List<Path> write(Path folder, Analysis analysis, RunInfo run, Set<Output> outputs)
            throws IOException {
        Map<Output, String> texts = new EnumMap<>(Output.class);
        outputs.forEach(output -> texts.put(output, output.render(analysis, run)));
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<Output, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey().fileName());
            replace(file, text.getValue());
            written.add(file);
        }
        return written;
    }

    /**
     * Replaces {@code file} by {@code text} in UTF-8, all at once. A link is followed; a pipe or device is written to.
     *
     * @throws IOException where it cannot be written; an older file stays as it was
     */
    public static void replace(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            Files.writeString(target, text, StandardCharsets.UTF_8);
            return;
        }
        Path temporary = temporaryBeside(target);
        try {
            Files.deleteIfExists(temporary);
            Files.writeString(temporary, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Not Files.createTempFile: its files are for their owner only, and a report is made to be shared. */
    private static Path temporaryBeside(Path file) {
        String name = "." + file.getFileName() + '.' + ProcessHandle.current().pid() + ".tmp";
        return file.resolveSibling(name);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
