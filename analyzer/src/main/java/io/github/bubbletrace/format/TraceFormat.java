package io.github.bubbletrace.format;

import io.github.bubbletrace.format.nsys.NsysReader;
import io.github.bubbletrace.format.nsys.NsysReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Trace formats, told apart by the first bytes of a file; its name proves nothing where these can tell. */
public enum TraceFormat {
    /** SQLite export of Nsight Systems. */
    NSYS_SQLITE("nsys-sqlite") {
        @Override
        public TraceReader reader() {
            return new NsysReader();
        }
    },
    /** Report of Nsight Systems, exported by its own tool before it is read. */
    NSYS_REPORT("nsys-rep") {
        @Override
        public TraceReader reader() {
            return new NsysReportReader(System.getenv("PATH"));
        }
    };

    private static final int PROBE_BYTES = 64;

    private final String key;

    TraceFormat(String key) {
        this.key = key;
    }

    /** The name in the analysis document. */
    public String key() {
        return key;
    }

    /** The reader of this format. */
    public abstract TraceReader reader();

    /** Whether the content of {@code file} is of a known format. */
    public static boolean isKnown(Path file) {
        byte[] head = head(file);
        return Arrays.stream(values()).anyMatch(f -> f.reader().recognises(file, head));
    }

    /**
     * The format of {@code file}.
     *
     * @throws UnusableInputException where it is of none
     */
    public static TraceFormat of(Path file) {
        byte[] head = head(file);
        for (TraceFormat format : values()) {
            if (format.reader().recognises(file, head)) {
                return format;
            }
        }
        if (head.length == 0) {
            throw new UnusableInputException(file.toString(), "the file is empty", "record or export the trace again");
        }
        throw new UnusableInputException(
                file.toString(),
                "not a trace that bubbletrace reads",
                "give a Nsight Systems SQLite export (nsys export --type sqlite)");
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PROBE_BYTES);
        } catch (AccessDeniedException e) {
            throw new UnusableInputException(file.toString(), "no permission to read it", "change its permissions");
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be read", "check the path and the disk");
        }
    }
}
