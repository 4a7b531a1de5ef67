package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PhaseText;

/** The median iteration as stages over time: what was recorded, and above it the ideal replay on the same axis. */
public final class PipelinePicture {

    private final HtmlWriter html;
    private final PictureContent content;
    private final String id;

    private PipelinePicture(HtmlWriter html, PictureContent content, int replica) {
        this.html = html;
        this.content = content;
        this.id = "picture-" + replica;
    }

    /** Writes the picture as a figure; nothing where no iteration counts. */
    public static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        PictureContent.of(pipeline)
                .ifPresent(content -> new PipelinePicture(html, content, pipeline.replica()).figure());
    }

    private void figure() {
        html.open("figure");
        html.open("figcaption")
                .element("strong", "Iteration " + content.iteration().index());
        html.text(content.caption()).close();
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Pipeline picture");
        svg();
        html.close();
        legend();
        html.close();
    }

    private void svg() {
        PictureLayout layout = new PictureLayout(content.lanes().size());
        html.open(
                "svg",
                "class",
                "picture",
                "viewBox",
                "0 0 " + PictureLayout.WIDTH + ' ' + layout.height(),
                "role",
                "img",
                "aria-labelledby",
                id + "-t " + id + "-d");
        html.element("title", "Stages over time, ideal above recorded", "id", id + "-t");
        html.element("desc", content.description() + " The tables below hold the same in numbers.", "id", id + "-d");
        new PictureSvg(html, layout, content).write();
        html.close();
    }

    private void legend() {
        html.open("ul", "class", "legend");
        content.phases().forEach(phase -> {
            html.open("li");
            Patterns.swatch(html, "p-" + phase.name());
            html.text(PhaseText.letterAndName(phase)).close();
        });
        content.causes().forEach(cause -> {
            html.open("li");
            Patterns.swatch(html, cause);
            html.text(CauseText.name(cause) + ": " + CauseText.meaning(cause)).close();
        });
        html.close();
    }
}
