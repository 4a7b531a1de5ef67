package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Palette;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.markup.StyleSheets;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PhaseText;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;

/** The picture of the median iteration as an SVG file of its own: light theme, no script, no colour by name. */
public final class PipelineSvg {

    private static final int TOP = 52;
    private static final int LEGEND_LINE = 20;
    private static final int SWATCH = 20;
    private static final int MARGIN = 14;
    private static final double LETTER_WIDTH = 6.6;
    private static final String FONT =
            "font-family: system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif;";

    private final HtmlWriter svg = new HtmlWriter();
    private final PictureContent content;
    private final PictureLayout layout;

    private PipelineSvg(PictureContent content) {
        this.content = content;
        this.layout = new PictureLayout(content.lanes().size());
    }

    /**
     * The whole file; the same analysis gives the same text.
     *
     * @throws IllegalArgumentException where {@link PictureFacts#hasPicture} says that there is nothing to draw
     */
    public static String text(Analysis analysis) {
        PipelineAnalysis pipeline = PictureFacts.subject(analysis);
        PictureContent content = PictureContent.of(pipeline).orElseThrow(IllegalArgumentException::new);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + new PipelineSvg(content).write(PictureFacts.title(analysis), PictureFacts.subtitle(content));
    }

    private String write(String title, String subtitle) {
        List<List<Item>> legend = legend();
        int height = TOP + layout.height() + 8 + legend.size() * LEGEND_LINE + 6;
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                "" + PictureLayout.WIDTH,
                "height",
                "" + height,
                "viewBox",
                "0 0 " + PictureLayout.WIDTH + ' ' + height,
                "role",
                "img",
                "style",
                FONT);
        svg.element("title", title).element("desc", content.description());
        svg.style(Palette.light().resolve(StyleSheets.picture()));
        Patterns.defs(svg);
        svg.empty(
                "rect",
                "width",
                "100%",
                "height",
                "100%",
                "fill",
                Palette.light().get("bg"));
        svg.element("text", title, "x", "" + MARGIN, "y", "22", "class", "heading");
        svg.element("text", subtitle, "x", "" + MARGIN, "y", "41", "class", "tick");
        svg.open("g", "transform", "translate(0 " + TOP + ")");
        new PictureSvg(svg, layout, content).write();
        svg.close();
        for (int line = 0; line < legend.size(); line++) {
            line(legend.get(line), TOP + layout.height() + 8 + line * LEGEND_LINE);
        }
        return svg.close().toString();
    }

    /** One sample of the legend. */
    private record Item(String css, String text) {
        int width() {
            return SWATCH + 6 + (int) Math.ceil(LETTER_WIDTH * text.length()) + 16;
        }
    }

    private List<List<Item>> legend() {
        List<Item> items = new ArrayList<>();
        for (Phase phase : content.phases()) {
            items.add(new Item("p-" + phase.name(), PhaseText.letterAndName(phase)));
        }
        for (Cause cause : content.causes()) {
            items.add(new Item(Patterns.css(cause), "idle: " + CauseText.name(cause)));
        }
        List<List<Item>> lines = new ArrayList<>(List.of(new ArrayList<>()));
        int x = MARGIN;
        for (Item item : items) {
            if (x + item.width() > PictureLayout.WIDTH) {
                lines.add(new ArrayList<>());
                x = MARGIN;
            }
            lines.get(lines.size() - 1).add(item);
            x += item.width();
        }
        return lines;
    }

    private void line(List<Item> items, int y) {
        int x = MARGIN;
        for (Item item : items) {
            svg.empty(
                    "rect",
                    "x",
                    "" + x,
                    "y",
                    "" + y,
                    "width",
                    "" + SWATCH,
                    "height",
                    "13",
                    "class",
                    item.css + " frame");
            svg.element("text", item.text, "x", "" + (x + SWATCH + 6), "y", "" + (y + 11), "class", "lane");
            x += item.width();
        }
    }
}
