package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

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
    public Trace read(Path file, LongConsumer progress) {
        try (TemporaryFolder folder = temporaryFolder(file)) {
            return read(file, folder.resolve("export.sqlite"), progress);
        }
    }

    private Trace read(Path file, Path exported, LongConsumer progress) {
        export.run(file, exported);
        try {
            Trace trace = new NsysReader().read(exported, progress);
            return trace.withSource(trace.source().madeFrom(file.toString(), FORMAT));
        } catch (UnusableInputException e) {
            throw new UnusableInputException(file.toString(), e.problem(), e.advice(), e);
        }
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().filter(name::endsWith).findFirst().orElse(null);
    }

    private static TemporaryFolder temporaryFolder(Path file) {
        try {
            return TemporaryFolder.create("bubbletrace-export-");
        } catch (IOException e) {
            throw new UnusableInputException(
                    file.toString(),
                    "there is no temporary folder to export it into",
                    "make " + System.getProperty("java.io.tmpdir") + " writable",
                    e);
        }
    }
}
