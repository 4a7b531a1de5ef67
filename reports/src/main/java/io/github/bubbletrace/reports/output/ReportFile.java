package io.github.bubbletrace.reports.output;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.picture.Picture;
import io.github.bubbletrace.reports.picture.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/**
 * One file of a report.
 *
 * @param name its name within the report's folder
 * @param need what must be there for it to be written
 * @param content what is in it
 */
public record ReportFile(String name, Need need, Content content) {

    /** What a file cannot be without. */
    public enum Need {
        /** Every analysis can be written. */
        NOTHING,
        /** An iteration of a pipeline. */
        PIPELINE,
        /** An iteration of a pipeline, and a font to write on the picture. */
        PIPELINE_AND_FONT
    }

    /** Writes a file's bytes. */
    public interface Content {

        /** Writes them to {@code out}, which stays open. */
        void write(Analysis analysis, RunInfo run, OutputStream out) throws IOException;
    }

    /** A file whose text is made in memory. */
    static ReportFile text(String name, Need need, BiFunction<Analysis, RunInfo, String> text) {
        return new ReportFile(
                name,
                need,
                (analysis, run, out) -> out.write(text.apply(analysis, run).getBytes(StandardCharsets.UTF_8)));
    }

    /** A file that any analysis has, written as its rows come. */
    static ReportFile streamed(String name, Content content) {
        return new ReportFile(name, Need.NOTHING, content);
    }

    /** A picture drawn on pixels. */
    static ReportFile picture(String name, Drawing drawing) {
        return new ReportFile(
                name, Need.PIPELINE_AND_FONT, (analysis, run, out) -> Png.write(drawing.of(analysis), out));
    }

    /** Draws an analysis. */
    interface Drawing {

        /** The picture, at its fixed size. */
        Picture of(Analysis analysis);
    }
}
