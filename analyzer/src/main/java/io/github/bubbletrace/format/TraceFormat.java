package io.github.bubbletrace.format;

import io.github.bubbletrace.format.capture.CaptureReader;
import io.github.bubbletrace.format.chrome.ChromeReader;
import io.github.bubbletrace.format.jfr.JfrReader;
import io.github.bubbletrace.format.nsys.NsysReader;
import io.github.bubbletrace.format.nsys.NsysReportReader;
import io.github.bubbletrace.format.spans.SpanCsvReader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Trace formats, told apart by the first bytes of a file's unpacked content; its name proves nothing where these can tell.
 */
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
    },
    /** Capture of the hook library. */
    CAPTURE("capture") {
        @Override
        public TraceReader reader() {
            return new CaptureReader();
        }
    },
    /** Chrome trace JSON: PyTorch's Kineto files and traces of named spans. */
    CHROME_JSON("chrome-json") {
        @Override
        public TraceReader reader() {
            return new ChromeReader();
        }
    },
    /** Flight Recorder recordings of the Java agent. */
    JFR("jfr") {
        @Override
        public TraceReader reader() {
            return new JfrReader();
        }
    },
    /** CSV files of named spans. */
    SPANS_CSV("spans-csv") {
        @Override
        public TraceReader reader() {
            return new SpanCsvReader(null);
        }

        @Override
        public TraceReader reader(TimeUnit told) {
            return new SpanCsvReader(told);
        }
    };

    private static final int PROBE_BYTES = 1 << 16;

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

    /** The same, told the unit of times that do not say it; null where nobody told. */
    public TraceReader reader(TimeUnit told) {
        return reader();
    }

    /** Whether the content of {@code file}, found in a folder, is surely a trace. */
    public static boolean isKnown(Path file) {
        byte[] head = head(file);
        return Arrays.stream(values()).anyMatch(f -> f.reader().recognisesWhole(file, head));
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
                "give a Nsight Systems SQLite export (nsys export --type sqlite), a capture of bubbletrace run, a Chrome or"
                        + " PyTorch profiler trace, or a CSV file of spans");
    }

    private static byte[] head(Path file) {
        return Content.head(file, PROBE_BYTES);
    }
}
