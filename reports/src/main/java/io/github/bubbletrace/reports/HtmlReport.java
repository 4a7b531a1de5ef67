package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;

/** The page that is attached to tickets: one file, no script, no request to anywhere. */
public final class HtmlReport {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final HtmlWriter html = new HtmlWriter();
    private final Analysis analysis;
    private final RunInfo run;

    private HtmlReport(Analysis analysis, RunInfo run) {
        this.analysis = analysis;
        this.run = run;
    }

    /** The whole page; the same analysis gives the same text. */
    public static String page(Analysis analysis, RunInfo run) {
        HtmlReport report = new HtmlReport(analysis, run);
        report.write();
        return "<!DOCTYPE html>\n" + report.html;
    }

    private void write() {
        html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        head();
        html.open("body");
        Patterns.define(html);
        Identity.write(html, analysis, run);
        html.open("main");
        if (analysis.pipelines().isEmpty()) {
            NoPipelineSection.write(html, analysis);
        } else {
            pipelines();
        }
        DevicesSection.write(html, analysis.devices());
        InputsSection.write(html, analysis);
        MethodSection.write(html, run);
        html.close().close().close();
    }

    private void head() {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "generator", "content", "bubbletrace " + run.version());
        html.element("title", Identity.title(analysis))
                .style(StyleSheets.page())
                .close();
    }

    private void pipelines() {
        PipelineAnalysis headline = Windows.slowest(analysis.pipelines());
        FirstScreen.write(html, analysis, headline);
        FindingsSection.write(html, analysis.findings());
        ChecksSection.write(html, analysis.checks());
        WhatIfSection.write(html, analysis.whatIf().get());
        StragglerSection.write(html, analysis.whatIf().get());
        if (analysis.pipelines().size() > 1) {
            ReplicasTable.write(html, analysis.pipelines());
        }
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            PipelineSection.write(html, pipeline, analysis.pipelines().size() > 1);
        }
    }
}
