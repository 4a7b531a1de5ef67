package io.github.bubbletrace.trace;

import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts everything odd or left out while traces are read and analysed, so that nothing is lost silently. */
public final class ImportLog {

    private final Map<Oddity, Map<String, Long>> counts = new TreeMap<>();

    /** Counts {@code count} more of {@code oddity}; zero and less count nothing. */
    public void count(Oddity oddity, long count) {
        count(oddity, count, "");
    }

    /** Counts {@code count} more of {@code oddity}; {@code detail} ends its text, one warning a detail. */
    public void count(Oddity oddity, long count, String detail) {
        if (count > 0) {
            counts.computeIfAbsent(oddity, o -> new TreeMap<>()).merge(detail, count, Long::sum);
        }
    }

    /** Adds all that {@code other} counted. */
    public void addAll(ImportLog other) {
        other.counts.forEach((oddity, details) -> details.forEach((detail, n) -> count(oddity, n, detail)));
    }

    /** The counts as warnings, the gravest first. */
    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        for (Severity severity : List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)) {
            counts.forEach((oddity, details) -> {
                if (oddity.severity() == severity) {
                    details.forEach((detail, n) -> warnings.add(oddity.warning(n, detail)));
                }
            });
        }
        return warnings;
    }
}
