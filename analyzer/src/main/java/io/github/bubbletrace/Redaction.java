package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.pipeline.extract.Extract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of an analysis what names people, machines and places: the inputs' paths, the hosts they were captured on, the
 * user running the analysis, and everything else that looks like a path.
 */
final class Redaction {

    private static final Set<String> EXTENSIONS =
            Set.of("sqlite", "sqlite3", "db", "nsys-rep", "qdrep", "json", "gz", "csv", "txt", "btcap");

    /** An absolute path; a slash after a word or a bracket divides. */
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w.)\\]])(?:~|[A-Za-z]:)?(?:[\\\\/][\\w.@+~-]+)+[\\\\/]?");

    /** Shorter names would be found in ordinary words. */
    private static final int SHORTEST_NAME = 3;

    private final Map<String, String> substitutes = new LinkedHashMap<>();

    private Redaction() {}

    /** What must not be seen of {@code files}. */
    static Redaction of(List<Extract> files) {
        Redaction redaction = new Redaction();
        for (int file = 0; file < files.size(); file++) {
            redaction.hideFile(files.get(file).source().path(), input(file, files.get(file)));
        }
        files.forEach(file -> redaction.hide(file.source().host(), "[host]"));
        redaction.hide(System.getProperty("user.home"), "[path]");
        redaction.hide(System.getProperty("user.name"), "[user]");
        return redaction;
    }

    /** The same analysis without them. */
    Analysis apply(Analysis analysis) {
        return new Analysis(
                inputs(analysis.inputs()),
                analysis.pipelines(),
                analysis.devices(),
                analysis.findings().stream().map(this::finding).toList(),
                analysis.checks().stream().map(this::check).toList(),
                analysis.warnings().stream().map(this::warning).toList(),
                analysis.whatIf(),
                details(analysis.details()));
    }

    /** Kernels lose their names where they are read. */
    private Details details(Details details) {
        return new Details(
                details.recording(),
                details.kernelTotals().stream()
                        .map(kernel -> kernel.name() == null ? kernel : kernel.withName(text(kernel.name())))
                        .toList(),
                details.stops().stream()
                        .map(stop -> stop.withReason(text(stop.reason())))
                        .toList(),
                details.kernels());
    }

    /** The inputs, numbered in place of their paths. */
    List<InputSummary> inputs(List<InputSummary> inputs) {
        List<InputSummary> redacted = new ArrayList<>();
        for (InputSummary input : inputs) {
            redacted.add(input.withPath(substitutes.getOrDefault(input.path(), text(input.path()))));
        }
        return redacted;
    }

    /** {@code text} without what must not be seen. */
    String text(String text) {
        String redacted = text;
        List<String> longestFirst = new ArrayList<>(substitutes.keySet());
        longestFirst.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String secret : longestFirst) {
            Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(secret) + "(?![\\w-])");
            redacted = word.matcher(redacted).replaceAll(Matcher.quoteReplacement(substitutes.get(secret)));
        }
        return PATH.matcher(redacted).replaceAll("[path]");
    }

    private static String input(int number, Extract file) {
        String path = file.source().path();
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return "input-" + number + (EXTENSIONS.contains(extension) ? '.' + extension : "");
    }

    private void hideFile(String path, String substitute) {
        substitutes.put(path, substitute);
        substitutes.putIfAbsent(Path.of(path).toAbsolutePath().toString(), substitute);
        hide(String.valueOf(Path.of(path).getFileName()), substitute);
    }

    private void hide(String secret, String substitute) {
        if (secret != null && secret.length() >= SHORTEST_NAME) {
            substitutes.putIfAbsent(secret, substitute);
        }
    }

    private Check check(Check check) {
        return new Check(check.id(), check.status(), text(check.text()));
    }

    private Warning warning(Warning warning) {
        return new Warning(
                warning.code(), warning.severity(), warning.count(), text(warning.text()), text(warning.advice()));
    }

    private Finding finding(Finding finding) {
        Map<String, Object> evidence = new TreeMap<>();
        finding.evidence().forEach((key, value) -> evidence.put(key, value instanceof String s ? text(s) : value));
        return new Finding(
                finding.id(),
                finding.severity(),
                text(finding.title()),
                finding.gainNs(),
                finding.gain(),
                evidence,
                text(finding.advice()),
                text(finding.check()));
    }
}
