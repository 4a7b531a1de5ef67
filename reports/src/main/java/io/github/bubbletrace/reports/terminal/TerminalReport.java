package io.github.bubbletrace.reports.terminal;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.DeviceShares;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.TextTable;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few lines that {@code analyze} prints: verdict, a table per replica, findings, warnings, files written. */
public final class TerminalReport {

    private static final String INDENT = "  ";
    private static final int MAX_NAME = 40;
    private static final int MAX_ROWS = 32;
    private static final int MAX_FINDINGS = 3;
    private static final int MAX_WARNINGS = 6;
    private static final int MAX_FILES = 5000;

    private final List<String> lines = new ArrayList<>();

    private TerminalReport() {}

    /** The report as plain text, ending in a line feed. */
    public static String text(Analysis analysis, List<Path> written) {
        return text(analysis, written, List.of());
    }

    /** The same with {@code notes} on what was left out, one line each. */
    public static String text(Analysis analysis, List<Path> written, List<String> notes) {
        TerminalReport report = new TerminalReport();
        Verdict.sentences(analysis).forEach(report::line);
        if (analysis.pipelines().isEmpty()) {
            report.devices(analysis.devices());
        }
        analysis.pipelines()
                .forEach(
                        pipeline -> report.stages(pipeline, analysis.pipelines().size() > 1));
        report.findings(analysis.findings());
        report.warnings(analysis.warnings());
        report.written(written);
        notes.forEach(note -> report.line("Warning: " + PlainText.clean(note)));
        return String.join("\n", report.lines) + '\n';
    }

    private void line(String text) {
        lines.add(text);
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private void stages(PipelineAnalysis pipeline, boolean named) {
        List<DeviceTotals> devices = DeviceTotals.of(pipeline);
        if (devices.isEmpty()) {
            return;
        }
        String shape = ScheduleText.shape(pipeline) + ", "
                + Units.count(Windows.counted(pipeline).size(), "iteration") + ", median window "
                + Units.time(Windows.medianNs(pipeline));
        heading((named ? "Replica " + pipeline.replica() + ": " : "") + shape + " (% of the window)");
        List<Cause> causes = causes(devices);
        TextTable table = new TextTable(2);
        table.add(header(causes));
        devices.stream().limit(MAX_ROWS).forEach(device -> table.add(row(device, causes)));
        lines.addAll(table.lines(INDENT));
        more(devices.size() - MAX_ROWS, "devices are in the reports");
    }

    private static List<Cause> causes(List<DeviceTotals> devices) {
        return Budget.of(0, DeviceTotals.idle(devices)).present();
    }

    private static List<String> header(List<Cause> causes) {
        List<String> cells = new ArrayList<>(List.of("stage", "device", "busy"));
        causes.forEach(cause -> cells.add(CauseText.column(cause)));
        return cells;
    }

    private static List<String> row(DeviceTotals device, List<Cause> causes) {
        Budget budget = Budget.of(device.busyNs(), device.idleNs());
        List<String> cells = new ArrayList<>(List.of(
                Integer.toString(device.stage()),
                PlainText.clean(device.device(), MAX_NAME),
                Units.tenths(budget.busyTenths())));
        causes.forEach(cause -> cells.add(budget.idleNs(cause) == 0 ? "-" : Units.tenths(budget.tenths(cause))));
        return cells;
    }

    private void devices(List<DeviceSummary> devices) {
        if (devices.isEmpty()) {
            return;
        }
        heading("Devices (% of the recording)");
        TextTable table = new TextTable(1);
        table.add(List.of("device", "busy", "communication", "idle"));
        for (DeviceSummary device : devices.subList(0, Math.min(MAX_ROWS, devices.size()))) {
            DeviceShares shares = DeviceShares.of(device);
            table.add(List.of(
                    PlainText.clean(device.device(), MAX_NAME),
                    Units.tenths(shares.busy()),
                    Units.tenths(shares.communication()),
                    Units.tenths(shares.idle())));
        }
        lines.addAll(table.lines(INDENT));
        more(devices.size() - MAX_ROWS, "devices are in the reports");
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        heading("Findings (gains are not additive)");
        TextTable table = new TextTable(2);
        findings.stream().limit(MAX_FINDINGS).forEach(finding -> table.add(finding(finding)));
        lines.addAll(table.lines(INDENT));
        more(findings.size() - MAX_FINDINGS, "in the reports");
    }

    private static List<String> finding(Finding finding) {
        String gain = finding.gainNs() <= 0
                ? ""
                : " (gain " + Units.percent(finding.gain()) + ", " + Units.time(finding.gainNs()) + " an iteration)";
        return List.of(finding.severity().key(), PlainText.clean(finding.title()) + gain);
    }

    private void warnings(List<Warning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        heading(Units.count(warnings.size(), "warning"));
        TextTable table = new TextTable(2);
        warnings.stream()
                .sorted(Comparator.comparing(Warning::severity, Comparator.<Severity>reverseOrder()))
                .limit(MAX_WARNINGS)
                .forEach(warning -> table.add(List.of(
                        warning.severity().key(),
                        Units.whole(warning.count()) + " x " + PlainText.clean(warning.text()))));
        lines.addAll(table.lines(INDENT));
        more(warnings.size() - MAX_WARNINGS, "in the reports");
    }

    private void more(int count, String where) {
        if (count > 0) {
            line(INDENT + "and " + count + " more " + where);
        }
    }

    /** One line a folder: an analysis is up to ten files. */
    private void written(List<Path> written) {
        if (written.isEmpty()) {
            return;
        }
        lines.add("");
        Map<Path, List<Path>> byFolder = new LinkedHashMap<>();
        for (Path file : written) {
            Path folder = file.getParent() == null ? Path.of("") : file.getParent();
            byFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(file);
        }
        byFolder.forEach((folder, files) -> line("Wrote " + PlainText.clean(files(folder, files), MAX_FILES)));
    }

    private static String files(Path folder, List<Path> files) {
        if (files.size() == 1) {
            return files.get(0).toString();
        }
        List<String> names =
                files.stream().map(file -> file.getFileName().toString()).toList();
        return Sentence.list(names) + " to " + (folder.toString().isEmpty() ? "." : folder);
    }
}
