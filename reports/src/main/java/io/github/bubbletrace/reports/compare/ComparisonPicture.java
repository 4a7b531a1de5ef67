package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.compare.Comparison.TimeChange;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.picture.TimeAxis;
import io.github.bubbletrace.reports.text.Units;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Both runs on one axis of time: a stacked bar of the mean step, and a dot for every iteration. */
final class ComparisonPicture {

    private static final int GUTTER = 70;
    private static final int WIDTH = 1000;
    private static final int ROW = 74;
    private static final int BAR = 30;
    private static final int MAX_DOTS = 400;

    private final HtmlWriter html;
    private final Comparison comparison;
    private final TimeAxis axis;

    private ComparisonPicture(HtmlWriter html, Comparison comparison) {
        this.html = html;
        this.comparison = comparison;
        double longest = Math.max(max(comparison.before()), max(comparison.after()));
        this.axis = new TimeAxis(0, Math.max(1, Math.round(longest * 1.02)), GUTTER, WIDTH);
    }

    static void write(HtmlWriter html, Comparison comparison) {
        html.open("section", "aria-labelledby", "steps").element("h2", "The step", "id", "steps");
        ComparisonPicture picture = new ComparisonPicture(html, comparison);
        picture.svg();
        picture.legend();
        html.close();
    }

    private double max(SavedRun run) {
        return Arrays.stream(comparison.steps(run)).max().orElse(0);
    }

    private void svg() {
        int bottom = 2 * ROW;
        html.open(
                "svg",
                "class",
                "picture",
                "viewBox",
                "0 0 " + (GUTTER + WIDTH + 14) + ' ' + (bottom + 36),
                "role",
                "img",
                "aria-labelledby",
                "steps-t steps-d");
        html.element("title", "The mean step before and after, by what it is made of", "id", "steps-t");
        html.element(
                "desc",
                "Dots above the bars are single iterations. The table below holds the same numbers.",
                "id",
                "steps-d");
        for (long tick : axis.ticks()) {
            String x = Units.decimals(axis.tickX(tick), 1);
            html.empty("line", "x1", x, "x2", x, "y1", "0", "y2", "" + (bottom + 4), "class", "grid");
            html.element("text", axis.label(tick), "x", x, "y", "" + (bottom + 17), "class", "mid tick");
        }
        String middle = "" + (GUTTER + WIDTH / 2);
        html.element(
                "text",
                axis.unit() + ' ' + ComparisonText.title(comparison),
                "x",
                middle,
                "y",
                "" + (bottom + 32),
                "class",
                "mid tick");
        row("before", 0, comparison.before(), time -> time.change().before());
        row("after", ROW, comparison.after(), time -> time.change().after());
        html.close();
    }

    private void row(String name, int y, SavedRun run, ToDoubleFunction<TimeChange> part) {
        int bar = y + ROW - BAR - 14;
        html.element("text", name, "x", "" + (GUTTER - 8), "y", "" + (bar + 19), "class", "end lane");
        double[] steps = comparison.steps(run);
        int stride = Math.max(1, (steps.length + MAX_DOTS - 1) / MAX_DOTS);
        for (int i = 0; i < steps.length; i += stride) {
            String x = Units.decimals(axis.x(Math.round(steps[i])), 1);
            html.empty("circle", "cx", x, "cy", "" + (bar - 9 - i % 3 * 5), "r", "2.5", "class", "dot");
        }
        double at = 0;
        for (TimeChange time : comparison.times()) {
            double x = axis.x(Math.round(at));
            at += part.applyAsDouble(time);
            double width = axis.x(Math.round(at)) - x;
            if (width > 0.05) {
                html.empty(
                        "rect",
                        "x",
                        Units.decimals(x, 1),
                        "y",
                        "" + bar,
                        "width",
                        Units.decimals(width, 1),
                        "height",
                        "" + BAR,
                        "class",
                        css(time.cause()) + " edge");
            }
        }
    }

    private static String css(Cause cause) {
        return cause == null ? "busy" : Patterns.css(cause);
    }

    private void legend() {
        List<TimeChange> times = comparison.times();
        html.open("ul", "class", "legend");
        for (TimeChange time : times) {
            html.open("li");
            if (time.cause() == null) {
                Patterns.swatch(html, "busy");
            } else {
                Patterns.swatch(html, time.cause());
            }
            html.text(ComparisonVerdict.name(time) + ' ')
                    .element("b", ComparisonVerdict.signed(time.change().difference()))
                    .close();
        }
        html.close();
    }
}
