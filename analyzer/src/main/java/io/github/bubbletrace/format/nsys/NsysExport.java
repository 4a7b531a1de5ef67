package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@code nsys export}, whose output is caught. */
final class NsysExport {

    private static final String TOOL = "nsys";

    /** Exports NCCL's payload; versions that do not know it name it in their complaint. */
    private static final String BLOBS = "--include-blobs=true";

    private static final int MOST_OUTPUT_BYTES = 64 * 1024;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final String searchPath;

    NsysExport(String searchPath) {
        this.searchPath = searchPath == null ? "" : searchPath;
    }

    /**
     * Exports {@code report} to {@code target}.
     *
     * @throws UnusableInputException where there is no nsys, or it fails: with the first line of its output
     */
    void run(Path report, Path target) {
        Path tool = find().orElseThrow(() -> new UnusableInputException(
                report.toString(),
                "a Nsight Systems report that is not exported yet, and no nsys is on the PATH to do it",
                "where nsys is, run: " + shell(command(TOOL, report, sqliteOf(report)))));
        List<String> command = command(tool.toString(), report.toAbsolutePath(), target);
        Path output = target.resolveSibling("nsys.log");
        try {
            int status = run(with(BLOBS, command), output, report);
            String said = head(output);
            if (said.contains(BLOBS.substring(0, BLOBS.indexOf('=')))) {
                status = run(command, output, report);
                said = head(output);
            }
            if (status != 0 || !Files.isRegularFile(target)) {
                throw failed(report, firstLine(said).orElse("it said nothing and ended with " + status), null);
            }
        } catch (IOException e) {
            throw failed(report, String.valueOf(e.getMessage()), e);
        }
    }

    private static int run(List<String> command, Path output, Path report) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(nothing())
                .start();
        return status(process, report);
    }

    /** The command with an option more before the report. */
    private static List<String> with(String option, List<String> command) {
        List<String> longer = new ArrayList<>(command);
        longer.add(command.size() - 1, option);
        return longer;
    }

    private Optional<Path> find() {
        return Stream.of(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> tool(folder).stream())
                .findFirst();
    }

    private static Optional<Path> tool(String folder) {
        try {
            Path tool = Path.of(folder, TOOL);
            return Files.isRegularFile(tool) && Files.isExecutable(tool)
                    ? Optional.of(tool.toAbsolutePath())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<String> command(String tool, Path report, Path target) {
        return List.of(
                tool,
                "export",
                "--type",
                "sqlite",
                "--force-overwrite",
                "true",
                "--output",
                target.toString(),
                report.toString().startsWith("-") ? "./" + report : report.toString());
    }

    private static Path sqliteOf(Path report) {
        Path beside = NsysReportReader.exportBeside(report);
        return beside == null ? report.resolveSibling(report.getFileName() + ".sqlite") : beside;
    }

    private static int status(Process process, Path report) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(report, "interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static UnusableInputException failed(Path report, String why, Exception cause) {
        return new UnusableInputException(
                report.toString(),
                "nsys could not export it (" + why + ")",
                "export it with the nsys that recorded it: nsys export --type sqlite",
                cause);
    }

    private static String head(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_OUTPUT_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> firstLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
    }

    private static String shell(List<String> command) {
        return command.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
