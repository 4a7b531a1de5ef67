package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads reports of Nsight Systems (.nsys-rep, .qdrep) through an export into a temporary folder, which is deleted as soon
 * as it is read. The reports' form is not public, so only their names tell them.
 */
public final class NsysReportReader implements TraceReader {

    private static final String FORMAT = "nsys-rep";
    private static final List<String> EXTENSIONS = List.of(".nsys-rep", ".qdrep");

    private final NsysExport export;

    /** A reader that looks for nsys in the folders of {@code searchPath}, which may be null. */
    public NsysReportReader(String searchPath) {
        export = new NsysExport(searchPath);
    }

    /** Where nsys puts the export of {@code file} by itself, or null where that is no report. */
    public static Path exportBeside(Path file) {
        String extension = extension(file);
        if (extension == null) {
            return null;
        }
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - extension.length()) + ".sqlite");
    }

    @Override
    public boolean recognises(byte[] head) {
        return false;
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        return head.length > 0 && extension(file) != null && !new NsysReader().recognises(head);
    }

    @Override
    public Trace read(Path file) {
        Path folder = temporaryFolder(file);
        Path exported = folder.resolve("export.sqlite");
        try {
            export.run(file, exported);
            Trace trace = new NsysReader().read(exported);
            return trace.withSource(trace.source().madeFrom(file.toString(), FORMAT));
        } catch (UnusableInputException e) {
            throw e.path().equals(exported.toString())
                    ? new UnusableInputException(file.toString(), e.problem(), e.advice(), e)
                    : e;
        } finally {
            delete(folder);
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().filter(name::endsWith).findFirst().orElse(null);
    }

    private static Path temporaryFolder(Path file) {
        try {
            return Files.createTempDirectory("bubbletrace-export-");
        } catch (IOException e) {
            throw new UnusableInputException(
                    file.toString(),
                    "there is no temporary folder to export it into",
                    "make java.io.tmpdir (" + System.getProperty("java.io.tmpdir") + ") writable",
                    e);
        }
    }

    /** What cannot be deleted stays in the temporary folder, where the system clears it. */
    private static void delete(Path folder) {
        try (var entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
