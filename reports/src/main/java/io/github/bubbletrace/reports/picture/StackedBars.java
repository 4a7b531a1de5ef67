package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.StageTotals;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.Units;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.data.xy.CategoryTableXYDataset;

/** Bars of busy time with idle time by cause above it, one bar at every whole number of the axis. */
final class StackedBars {

    private static final String BUSY = "busy";

    /** More bars are too narrow for a line around each part. */
    private static final int OUTLINED = 80;

    /** More bars leave no room for their shares. */
    private static final int LABELLED = 16;

    private static final Font SHARE = Fonts.bold(19);

    private final Inks inks;
    private final Units.Scale scale;
    private final TreeMap<Integer, StageTotals> bars;
    private final int width;
    private final List<Cause> causes;

    /**
     * A bar for every entry of {@code bars}, each {@code width} numbers wide.
     *
     * @param scale unit of the vertical axis
     */
    StackedBars(Inks inks, Units.Scale scale, Map<Integer, StageTotals> bars, int width) {
        this.inks = inks;
        this.scale = scale;
        this.bars = new TreeMap<>(bars);
        this.width = width;
        this.causes = StageTotals.causes(bars.values());
    }

    XYPlot plot(String domain, String range) {
        NumberAxis vertical = ChartPicture.measure(range + ", " + scale.unit());
        XYPlot plot = new XYPlot(
                dataset(), ChartPicture.numbered(domain, bars.firstKey(), bars.lastKey(), width), vertical, renderer());
        if (bars.size() <= LABELLED) {
            shares(plot);
        }
        return plot;
    }

    List<Frame.Item> legend() {
        List<Frame.Item> items = new ArrayList<>();
        items.add(new Frame.Item(inks.colourOf(BUSY), BUSY));
        causes.forEach(cause -> items.add(new Frame.Item(inks.fill(cause), "idle: " + CauseText.name(cause))));
        return items;
    }

    private StackedXYBarRenderer renderer() {
        StackedXYBarRenderer renderer = new StackedXYBarRenderer(margin());
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(bars.size() <= OUTLINED);
        renderer.setDefaultOutlinePaint(inks.colourOf("bg"));
        renderer.setAutoPopulateSeriesOutlinePaint(false);
        renderer.setSeriesPaint(0, inks.colourOf(BUSY));
        for (int i = 0; i < causes.size(); i++) {
            renderer.setSeriesPaint(i + 1, inks.fill(causes.get(i)));
        }
        return renderer;
    }

    /** Few bars would be as wide as a page. */
    private double margin() {
        if (bars.size() <= 4) {
            return 0.45;
        }
        return bars.size() > OUTLINED ? 0.05 : 0.2;
    }

    private CategoryTableXYDataset dataset() {
        CategoryTableXYDataset dataset = new CategoryTableXYDataset();
        dataset.setIntervalWidth(width);
        bars.forEach((x, bar) -> {
            dataset.add(x, scale.value(bar.meanBusyNs()), BUSY);
            causes.forEach(cause -> dataset.add(x, scale.value(bar.meanIdleNs(cause)), cause.key()));
        });
        return dataset;
    }

    private void shares(XYPlot plot) {
        bars.forEach((x, bar) -> {
            int tenths = Budget.of(bar.busyNs(), bar.idleNs()).busyTenths();
            if (tenths > 50) {
                double middle = scale.value(bar.meanBusyNs() / 2);
                XYTextAnnotation share = new XYTextAnnotation(Units.tenths(tenths) + " %", x, middle);
                share.setFont(SHARE);
                share.setPaint(inks.colourOf("on-task"));
                plot.addAnnotation(share);
            }
        });
    }
}
