package io.github.bubbletrace.format;

import io.github.bubbletrace.format.nsys.NsysReportReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Expands what the user named to trace files: a folder stands for the traces directly in it, in order of their names. */
public final class TraceFiles {

    private TraceFiles() {}

    /**
     * The files, each once.
     *
     * @throws UnusableInputException where one is not there, cannot be read, or a folder holds no trace
     */
    public static List<Path> expand(List<Path> named) {
        Map<Path, Path> byRealPath = new LinkedHashMap<>();
        for (Path path : named) {
            if (!Files.exists(path)) {
                throw new UnusableInputException(path.toString(), "no such file or folder", "check the path");
            }
            if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
                throw new UnusableInputException(path.toString(), "neither a file nor a folder", "check the path");
            }
            for (Path file : Files.isDirectory(path) ? tracesIn(path) : List.of(path)) {
                byRealPath.putIfAbsent(real(file), file);
            }
        }
        return List.copyOf(byRealPath.values());
    }

    /** Length of {@code file} in bytes; 0 where that is unknown. */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<Path> tracesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> traces = entries.filter(Files::isRegularFile)
                    .filter(TraceFormat::isKnown)
                    .filter(file -> !isExported(file))
                    .sorted()
                    .toList();
            if (traces.isEmpty()) {
                throw new UnusableInputException(
                        folder.toString(),
                        "no trace in this folder",
                        "export the reports first: nsys export --type sqlite");
            }
            return traces;
        } catch (IOException | UncheckedIOException e) {
            throw new UnusableInputException(folder.toString(), "cannot be listed", "check its permissions");
        }
    }

    /** Whether {@code file} is a report whose export lies beside it under nsys's own name for it. */
    private static boolean isExported(Path file) {
        Path export = NsysReportReader.exportBeside(file);
        return export != null && Files.isRegularFile(export) && TraceFormat.isKnown(export);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be resolved", "check the path");
        }
    }
}
