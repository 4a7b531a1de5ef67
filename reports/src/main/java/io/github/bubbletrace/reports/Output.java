package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import java.util.Locale;

/** The files an analysis can be written as. */
public enum Output {
    /** The page for people. */
    HTML("report.html"),
    /** The analysis document for scripts. */
    JSON("report.json");

    private final String fileName;

    Output(String fileName) {
        this.fileName = fileName;
    }

    /** Name of the file within the report's folder. */
    public String fileName() {
        return fileName;
    }

    /** What the user calls it, as in {@code --only json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String render(Analysis analysis, RunInfo run) {
        return switch (this) {
            case HTML -> HtmlReport.page(analysis, run);
            case JSON -> JsonReport.document(analysis, run);
        };
    }
}
