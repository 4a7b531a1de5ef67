package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws lanes and axis of the pipeline picture as SVG. */
final class PictureSvg {

    /** Up to this many spans each is a shape of its own with a tooltip; above, one path a lane and fill. */
    private static final int MAX_SHAPES = 3000;

    private static final double LETTER_WIDTH = 6.7;

    private final HtmlWriter html;
    private final PictureLayout layout;
    private final PictureContent content;
    private final TimeAxis axis;

    PictureSvg(HtmlWriter html, PictureLayout layout, PictureContent content) {
        this.html = html;
        this.layout = layout;
        this.content = content;
        this.axis = content.axis(PictureLayout.GUTTER, PictureLayout.PLOT_WIDTH);
    }

    /** Writes the shapes into an open {@code svg} or {@code g}. */
    void write() {
        List<PictureLane> lanes = content.lanes();
        grid();
        boolean shapes = lanes.stream().mapToInt(PictureLane::spanCount).sum() <= MAX_SHAPES;
        for (int i = 0; i < lanes.size(); i++) {
            lane(lanes.get(i), i, shapes);
        }
        idealEnd();
    }

    private void grid() {
        for (long tick : axis.ticks()) {
            String x = px(axis.tickX(tick));
            html.empty(
                    "line",
                    "x1",
                    x,
                    "x2",
                    x,
                    "y1",
                    "" + layout.top(),
                    "y2",
                    "" + (layout.bottom() + 4),
                    "class",
                    "grid");
            html.element("text", axis.label(tick), "x", x, "y", "" + (layout.bottom() + 17), "class", "mid tick");
        }
        html.element(
                "text",
                axis.unit() + " since the window's start",
                "x",
                "" + (PictureLayout.GUTTER + PictureLayout.PLOT_WIDTH / 2),
                "y",
                "" + (layout.bottom() + 33),
                "class",
                "mid tick");
    }

    private void lane(PictureLane lane, int index, boolean shapes) {
        int y = layout.taskY(index);
        laneName(lane, index);
        spans(lane.ideal(), layout.idealY(index), layout.idealHeight(), "ideal ", shapes);
        spans(lane.idle(), y, layout.taskHeight(), "", shapes);
        spans(lane.tasks(), y, layout.taskHeight(), "", shapes);
        labels(lane.tasks(), y, "mid in");
        letters(lane.idle(), y);
        spans(lane.idleInTasks(), y + layout.taskHeight() - layout.footHeight(), layout.footHeight(), "", shapes);
    }

    private void laneName(PictureLane lane, int index) {
        String right = "" + (PictureLayout.GUTTER - 8);
        int middle = layout.taskY(index) + layout.taskHeight() / 2;
        boolean room = layout.taskHeight() > 20;
        html.open("text", "x", right, "y", "" + (middle + (room ? -1 : 4)), "class", "end lane");
        html.text("stage " + lane.stage()).close();
        if (room) {
            html.open("text", "x", right, "y", "" + (middle + 11), "class", "end small");
            html.text(PlainText.clean(lane.device(), 14)).close();
        }
    }

    private void spans(List<PictureSpan> spans, int y, int height, String css, boolean shapes) {
        if (shapes) {
            spans.forEach(span -> shape(span, y, height, css));
        } else {
            paths(spans, y, height, css);
        }
    }

    private void shape(PictureSpan span, int y, int height, String css) {
        double x = axis.x(span.startNs());
        html.open(
                "rect",
                "x",
                px(x),
                "y",
                "" + y,
                "width",
                px(axis.x(span.endNs()) - x),
                "height",
                "" + height,
                "class",
                css + span.css());
        html.element("title", span.title()).close();
    }

    private void paths(List<PictureSpan> spans, int y, int height, String css) {
        Map<String, StringBuilder> byCss = new TreeMap<>();
        for (PictureSpan span : spans) {
            double x = axis.x(span.startNs());
            String width = px(axis.x(span.endNs()) - x);
            byCss.computeIfAbsent(span.css(), key -> new StringBuilder())
                    .append('M')
                    .append(px(x))
                    .append(' ')
                    .append(y)
                    .append('h')
                    .append(width)
                    .append('v')
                    .append(height)
                    .append("h-")
                    .append(width)
                    .append('z');
        }
        byCss.forEach((fill, path) -> html.empty("path", "d", path.toString(), "class", css + fill));
    }

    private void labels(List<PictureSpan> spans, int y, String css) {
        String baseline = "" + (y + layout.taskHeight() / 2 + 4);
        for (PictureSpan span : spans) {
            double x = axis.x(span.startNs());
            double width = axis.x(span.endNs()) - x;
            String label = fitting(span.label(), width - 2);
            if (!label.isEmpty()) {
                html.element("text", label, "x", px(x + width / 2), "y", baseline, "class", css);
            }
        }
    }

    /** Shown only where there is no hatching; half of a cause's two letters would say nothing. */
    private void letters(List<PictureSpan> idle, int y) {
        labels(
                idle.stream()
                        .filter(span -> axis.x(span.endNs()) - axis.x(span.startNs()) > 2 * LETTER_WIDTH + 2)
                        .toList(),
                y,
                "mid letter");
    }

    /** The whole label, its letter alone, or nothing: whatever has room. */
    private static String fitting(String label, double width) {
        if (label.isEmpty() || width < LETTER_WIDTH) {
            return "";
        }
        return width >= LETTER_WIDTH * label.length() ? label : label.substring(0, 1);
    }

    private void idealEnd() {
        long endNs = content.idealEndNs();
        if (endNs < 0) {
            return;
        }
        double x = axis.x(endNs);
        boolean flip = x > PictureLayout.WIDTH - 100.0;
        html.empty("line", "x1", px(x), "x2", px(x), "y1", "6", "y2", "" + layout.bottom(), "class", "mark");
        html.element(
                "text", "ideal end", "x", px(flip ? x - 5 : x + 5), "y", "13", "class", flip ? "end small" : "small");
    }

    private static String px(double pixels) {
        String digits = Units.decimals(pixels, 1);
        return digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
