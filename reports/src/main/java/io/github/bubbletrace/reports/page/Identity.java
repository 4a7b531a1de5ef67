package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** The head of the page: which run this is. */
final class Identity {

    private static final int NAMED_INPUTS = 3;
    private static final int MAX_NAME = 60;

    /** Shown of a digest; the document has it in full. */
    private static final int DIGITS = 10;

    private Identity() {}

    /** Title of the page. */
    static String title(Analysis analysis) {
        if (analysis.pipelines().isEmpty()) {
            return "No pipeline found - bubbletrace";
        }
        PipelineAnalysis slowest = Windows.slowest(analysis.pipelines());
        return Units.percent(slowest.totals().bubble()) + " bubble, " + ScheduleText.shape(slowest) + " - bubbletrace";
    }

    static void write(HtmlWriter html, Analysis analysis, RunInfo run) {
        html.open("header").element("p", "bubbletrace report", "class", "kicker");
        html.element("h1", heading(analysis));
        html.open("dl", "class", "facts");
        fact(html, "Devices", devices(analysis.devices()));
        if (!analysis.pipelines().isEmpty()) {
            fact(html, "Iterations", iterations(analysis.pipelines()));
        }
        fact(html, analysis.inputs().size() == 1 ? "Input" : "Inputs", inputs(analysis.inputs()));
        fact(html, "Tool", "bubbletrace " + run.version());
        html.close().close();
    }

    private static void fact(HtmlWriter html, String name, String value) {
        html.open("div")
                .element("dt", name)
                .open("dd")
                .element("bdi", value)
                .close()
                .close();
    }

    private static String heading(Analysis analysis) {
        if (analysis.pipelines().isEmpty()) {
            return "No pipeline found";
        }
        String shape = ScheduleText.shape(Windows.slowest(analysis.pipelines()));
        int replicas = analysis.pipelines().size();
        return "Pipeline: " + shape + (replicas == 1 ? "" : ", " + Units.count(replicas, "replica"));
    }

    private static String devices(List<DeviceSummary> devices) {
        long ranks = devices.stream().mapToInt(DeviceSummary::rank).distinct().count();
        long gpus = devices.stream().filter(device -> device.gpu() != null).count();
        return Units.count(ranks, "rank") + (gpus == 0 ? ", no GPU activity" : ", " + Units.count(gpus, "GPU"));
    }

    private static String iterations(List<PipelineAnalysis> pipelines) {
        List<String> counts = new ArrayList<>();
        for (PipelineAnalysis pipeline : pipelines) {
            int counted = Windows.counted(pipeline).size();
            int skipped = pipeline.iterations().size() - counted;
            counts.add(counted + (skipped == 0 ? "" : " (+" + skipped + " skipped)"));
        }
        List<String> distinct = counts.stream().distinct().toList();
        return Sentence.list(distinct) + (distinct.size() == 1 && pipelines.size() > 1 ? " each" : "");
    }

    private static String inputs(List<InputSummary> inputs) {
        List<String> names = new ArrayList<>(inputs.stream()
                .limit(NAMED_INPUTS)
                .map(input -> fileName(input.path()) + " (" + digest(input) + ')')
                .toList());
        if (inputs.size() > NAMED_INPUTS) {
            names.add((inputs.size() - NAMED_INPUTS) + " more");
        }
        return names.isEmpty() ? "none" : Sentence.list(names);
    }

    /** The first digits of an input's fingerprint. */
    static String digest(InputSummary input) {
        if (input.fingerprint() == null) {
            return "unknown";
        }
        int begin = input.fingerprint().indexOf(':') + 1;
        return input.fingerprint().substring(0, begin + DIGITS);
    }

    private static String fileName(String path) {
        return PlainText.clean(path.substring(path.lastIndexOf('/') + 1), MAX_NAME);
    }
}
