package io.github.bubbletrace.reports.markdown;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.figures.DeviceShares;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.figures.StageChoice;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.MarkdownText;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.verdict.DataQuality;
import io.github.bubbletrace.reports.verdict.Verdict;
import io.github.bubbletrace.reports.whatif.WhatIfSection;
import io.github.bubbletrace.reports.whatif.WhatIfTable;
import java.util.ArrayList;
import java.util.List;

/** The short text for a ticket: verdict, stages, findings, data quality, inputs and command, in at most 40 lines. */
public final class MarkdownReport {

    private static final int MAX_DEVICES = 12;
    private static final int MAX_FINDINGS = 5;
    private static final int MAX_ADVICE = 3;
    private static final int MAX_INPUTS = 4;
    private static final int MAX_TITLE = 240;

    private final List<String> lines = new ArrayList<>();
    private final Analysis analysis;

    private MarkdownReport(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The whole text, ending in a line feed; the same analysis gives the same text. */
    public static String text(Analysis analysis, RunInfo run) {
        MarkdownReport report = new MarkdownReport(analysis);
        report.paragraph("**Pipeline verdict.** " + MarkdownText.escape(Verdict.text(analysis), 4000));
        if (analysis.pipelines().isEmpty()) {
            report.devices();
        } else {
            report.pipeline(Windows.slowest(analysis.pipelines()));
        }
        report.findings();
        report.advice();
        report.origin(run);
        return String.join("\n", report.lines) + '\n';
    }

    private void paragraph(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    private void pipeline(PipelineAnalysis pipeline) {
        if (Windows.counted(pipeline).isEmpty()) {
            return;
        }
        String shape = ScheduleText.shape(pipeline) + ", "
                + Units.count(Windows.counted(pipeline).size(), "iteration") + ", median window "
                + Units.time(Windows.medianNs(pipeline)) + ", 95th percentile " + Units.time(Windows.p95Ns(pipeline));
        List<DeviceTotals> devices = DeviceTotals.of(pipeline);
        List<DeviceTotals> shown = StageChoice.worst(devices, MAX_DEVICES);
        String rest = shown.size() == devices.size()
                ? ""
                : "; the " + shown.size() + " of " + devices.size()
                        + " devices with the most idle time beyond the schedule";
        paragraph(MarkdownText.escape(shape) + " (% of the windows" + rest + "):");
        lines.add("");
        StageMarkdown.lines(shown).forEach(lines::add);
    }

    private void devices() {
        if (analysis.devices().isEmpty()) {
            return;
        }
        paragraph("| device | busy % | only communication % | nothing % |");
        lines.add("|---|--:|--:|--:|");
        for (DeviceSummary device :
                analysis.devices().stream().limit(MAX_DEVICES).toList()) {
            DeviceShares shares = DeviceShares.of(device);
            lines.add("| " + MarkdownText.escape(device.device(), 60) + " | " + Units.tenths(shares.busy()) + " | "
                    + Units.tenths(shares.communication()) + " | " + Units.tenths(shares.idle()) + " |");
        }
    }

    private void findings() {
        List<Finding> findings = analysis.findings();
        if (findings.isEmpty()) {
            return;
        }
        int more = findings.size() - MAX_FINDINGS;
        paragraph("**Findings** (gains come from replays and are not additive"
                + (more > 0 ? "; " + more + " more in the report" : "") + ")");
        lines.add("");
        int number = 1;
        for (Finding finding : findings.stream().limit(MAX_FINDINGS).toList()) {
            lines.add(number++ + ". " + finding(finding));
        }
    }

    private static String finding(Finding finding) {
        String gain = finding.gainNs() <= 0
                ? ""
                : " Gain " + Units.percent(finding.gain()) + " (" + Units.time(finding.gainNs()) + " an iteration).";
        return "**" + finding.severity().key() + "** " + sentence(finding.title()) + gain + ' '
                + sentence(finding.advice());
    }

    private static String sentence(String text) {
        return text == null ? "" : Sentence.of(MarkdownText.escape(text, MAX_TITLE));
    }

    private void advice() {
        WhatIfAnalysis whatIf = analysis.whatIf().get();
        if (whatIf == null || whatIf.advice().isEmpty()) {
            return;
        }
        paragraph("**What would fix it** (each replayed alone on this trace, not additive; "
                + MarkdownText.escape(WhatIfTable.error(whatIf)) + ')');
        lines.add("");
        for (Advice advice : whatIf.advice().stream().limit(MAX_ADVICE).toList()) {
            lines.add("- " + sentence(advice.text()) + ' ' + Sentence.of(WhatIfSection.replayed(advice)) + " Cost: "
                    + sentence(advice.cost()));
        }
    }

    private void origin(RunInfo run) {
        if (!analysis.pipelines().isEmpty()) {
            DataQuality quality = DataQuality.of(analysis, Windows.slowest(analysis.pipelines()));
            paragraph("Data quality: **" + quality.level().label() + "** \u2013 "
                    + MarkdownText.escape(String.join("; ", quality.facts())) + '.');
        }
        paragraph("Inputs: " + inputs() + "  ");
        lines.add("Command: " + MarkdownText.code(run.command()) + " (bubbletrace " + MarkdownText.escape(run.version())
                + ')');
    }

    private String inputs() {
        List<String> names = new ArrayList<>();
        for (InputSummary input : analysis.inputs().stream().limit(MAX_INPUTS).toList()) {
            names.add(MarkdownText.code(input.path()));
        }
        if (analysis.inputs().size() > MAX_INPUTS) {
            names.add((analysis.inputs().size() - MAX_INPUTS) + " more");
        }
        return names.isEmpty() ? "none" : Sentence.list(names);
    }
}
