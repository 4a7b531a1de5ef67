package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.PageSizeException;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.json.JsonText;
import io.github.bubbletrace.reports.markdown.MarkdownReport;
import io.github.bubbletrace.reports.markup.ContentPolicy;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.markup.StyleSheets;
import io.github.bubbletrace.reports.page.TimelineSection.Kind;
import io.github.bubbletrace.reports.whatif.StragglerSection;
import io.github.bubbletrace.reports.whatif.WhatIfSection;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Later;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that is attached to tickets: one file, no request to anywhere. The script draws the timeline and saves tables;
 * all else is there without it. The page carries the analysis document.
 */
public final class HtmlReport {

    /** Kernels take no more than this part of the page's bound. */
    private static final int KERNEL_SHARE = 8;

    private final Analysis analysis;
    private final RunInfo run;
    private final String document;

    private HtmlReport(Analysis analysis, RunInfo run) {
        this.analysis = analysis;
        this.run = run;
        this.document = JsonReport.compact(analysis, run);
    }

    /**
     * The whole page; the same analysis gives the same text.
     *
     * @throws PageSizeException where it would be too large even with the least timeline
     */
    public static String page(Analysis analysis, RunInfo run) {
        Later<HtmlReport> built = new Later<>();
        Later<KernelData> encoded = new Later<>();
        Cores.all(
                () -> built.set(new HtmlReport(analysis, run)),
                () -> encoded.set(KernelData.within(analysis, run.maxPageBytes() / KERNEL_SHARE)));
        HtmlReport report = built.get();
        KernelData kernels = encoded.get();
        String page = report.within(kernels);
        if (bytes(page) > run.maxPageBytes() && !kernels.text().isEmpty()) {
            page = report.within(KernelData.LEFT_OUT);
        }
        if (bytes(page) > run.maxPageBytes()) {
            throw new PageSizeException(bytes(page), run.maxPageBytes());
        }
        return page;
    }

    /** The page with as much of the timeline as there is room for. */
    private String within(KernelData kernels) {
        TimelineData whole = analysis.pipelines().isEmpty() && !kernels.text().isEmpty()
                ? TimelineData.ofDevices(analysis, kernels)
                : TimelineData.whole(analysis);
        String page = with(whole, kernels);
        long tooMuch = bytes(page) - run.maxPageBytes();
        if (tooMuch > 0 && !whole.text().isEmpty() && !analysis.pipelines().isEmpty()) {
            TimelineData less = TimelineData.within(
                    analysis,
                    whole.text().length() - tooMuch - TimelineData.NOTE_ROOM,
                    whole.text().length());
            page = with(less, kernels);
        }
        return page;
    }

    private static long bytes(String page) {
        return page.getBytes(StandardCharsets.UTF_8).length;
    }

    private String with(TimelineData timeline, KernelData kernels) {
        HtmlWriter html = new HtmlWriter();
        html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        String script = PageScript.report();
        head(html, script);
        html.open("body");
        Patterns.define(html);
        Identity.write(html, analysis, run);
        html.open("main");
        if (analysis.pipelines().isEmpty()) {
            NoPipelineSection.write(html, analysis);
            if (!timeline.text().isEmpty()) {
                TimelineSection.write(html, Kind.DEVICES, kernels.note());
            }
        } else {
            pipelines(html, timeline, kernels);
        }
        KernelsSection.write(html, analysis);
        DevicesSection.write(html, analysis.devices());
        InputsSection.write(html, analysis);
        MethodSection.write(html, run);
        html.close();
        data(html, timeline, kernels);
        html.script(script).close().close();
        return "<!DOCTYPE html>\n" + html;
    }

    private void head(HtmlWriter html, String script) {
        String style = StyleSheets.page();
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta", "http-equiv", "Content-Security-Policy", "content", ContentPolicy.of(style, List.of(script)));
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "generator", "content", "bubbletrace " + run.version());
        html.element("title", Identity.title(analysis)).style(style).close();
    }

    private void pipelines(HtmlWriter html, TimelineData timeline, KernelData kernels) {
        PipelineAnalysis headline = Windows.slowest(analysis.pipelines());
        FirstScreen.write(html, analysis, headline);
        FindingsSection.write(html, analysis);
        ChecksSection.write(html, analysis.checks());
        TimelineSection.write(
                html,
                Kind.PIPELINE,
                Stream.of(timeline.note(), kernels.note())
                        .filter(note -> !note.isEmpty())
                        .collect(Collectors.joining(" ")));
        WhatIfSection.write(html, analysis.whatIf().get());
        StragglerSection.write(html, analysis.whatIf().get());
        if (analysis.pipelines().size() > 1) {
            ReplicasTable.write(html, analysis.pipelines());
        }
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            PipelineSection.write(html, pipeline, analysis.pipelines().size() > 1);
        }
    }

    private void data(HtmlWriter html, TimelineData timeline, KernelData kernels) {
        EmbeddedDocument.write(html, document);
        html.data("report-md", "application/json", JsonText.of(MarkdownReport.text(analysis, run)));
        if (!timeline.text().isEmpty()) {
            html.data("timeline-data", "application/gzip", timeline.text());
        }
        if (!kernels.text().isEmpty() && !timeline.text().isEmpty()) {
            html.data("kernel-data", "application/gzip", kernels.text());
        }
    }
}
