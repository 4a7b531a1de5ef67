package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Finds and reads the analysis document in report.json, report.html or a folder that holds them. */
public final class SavedReports {

    private static final int PEEK = 4096;
    private static final long MAX_FILE_BYTES = 500_000_000;
    private static final int MAX_UNPACKED_BYTES = 1_000_000_000;
    private static final String ADVICE = "write it again with bubbletrace analyze";
    private static final Pattern EMBEDDED =
            Pattern.compile("<script id=\"report-json\" type=\"application/(json|gzip)\">");

    private SavedReports() {}

    /**
     * The run in {@code path}; empty where it is no report, but perhaps a trace.
     *
     * @throws UnusableInputException where it is a report that is damaged or of another version
     */
    public static Optional<SavedRun> read(Path path) {
        Path file = Files.isRegularFile(path.resolve("report.json")) ? path.resolve("report.json") : path;
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String start = start(file);
            if (start.startsWith("<!DOCTYPE html")) {
                return Optional.of(run(file, embedded(file, text(file))));
            }
            return start.startsWith("{") && start.contains("\"bubbletrace.analysis/")
                    ? Optional.of(run(file, text(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be read", "check the file", e);
        }
    }

    /** The run in the document {@code json}, which bubbletrace has just made of {@code name}. */
    public static SavedRun parse(String name, String json) {
        return DocumentReader.read(name, json);
    }

    private static SavedRun run(Path file, String json) {
        try {
            return DocumentReader.read(file.toString(), json);
        } catch (DamagedDocumentException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static UnusableInputException damaged(Path file, String why) {
        return new UnusableInputException(file.toString(), "is a damaged report: " + why, ADVICE);
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PEEK), StandardCharsets.UTF_8).strip();
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new UnusableInputException(file.toString(), "is larger than any report", "name a report or a trace");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String embedded(Path file, String page) {
        Matcher element = EMBEDDED.matcher(page);
        if (!element.find()) {
            throw new UnusableInputException(
                    file.toString(),
                    "is a page without an analysis document",
                    "name a report.html that this version of bubbletrace wrote, or its report.json");
        }
        int end = page.indexOf("</script>", element.end());
        if (end < 0) {
            throw damaged(file, "the page ends within its document");
        }
        String content = page.substring(element.end(), end);
        return element.group(1).equals("json") ? content : unpacked(file, content);
    }

    private static String unpacked(Path file, String base64) {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            byte[] bytes = in.readNBytes(MAX_UNPACKED_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, "its packed document cannot be unpacked");
        }
    }
}
