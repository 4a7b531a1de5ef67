package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.IterationColumns;
import io.github.bubbletrace.reports.figures.StageTotals;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Units;
import java.awt.BasicStroke;
import java.util.List;
import java.util.TreeMap;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;

/** A bar per iteration: the step time, and what a mean device did in it. */
public final class StepsChart {

    private final Inks inks = new Inks();
    private final PipelineAnalysis pipeline;
    private final IterationColumns columns;
    private final Units.Scale scale;

    private StepsChart(PipelineAnalysis pipeline) {
        this.pipeline = pipeline;
        columns = new IterationColumns(pipeline.iterations());
        scale = Units.Scale.of(Windows.medianNs(pipeline));
    }

    /** The picture of the slowest replica of {@code analysis}. */
    public static Picture of(Analysis analysis) {
        return new StepsChart(PictureFacts.subject(analysis)).picture(PictureFacts.title(analysis));
    }

    private Picture picture(String title) {
        TreeMap<Integer, StageTotals> totals = new TreeMap<>();
        columns.columns().forEach(column -> totals.put(IterationColumns.x(column), StageTotals.of(column)));
        StackedBars bars = new StackedBars(inks, scale, totals, columns.size());
        XYPlot plot = bars.plot(columns.axisName(), "step time");
        plot.getRangeAxis().setUpperMargin(0.1);
        columns.columns().stream().filter(IterationColumns::isSkipped).forEach(column -> skipped(plot, column));
        median(plot);
        String subtitle = "Steps: window of every iteration, and what its devices did in it on average. Median "
                + Units.time(Windows.medianNs(pipeline)) + " (dashed), 95th percentile "
                + Units.time(Windows.p95Ns(pipeline)) + '.';
        return ChartPicture.of(inks, new Frame(inks, title, subtitle, bars.legend()), plot);
    }

    private void skipped(XYPlot plot, List<IterationAnalysis> column) {
        double half = columns.size() / 2.0;
        int x = IterationColumns.x(column);
        IntervalMarker marker = new IntervalMarker(x - half, x + half, inks.colourOf("panel"));
        marker.setLabel("warm-up");
        marker.setLabelFont(ChartPicture.TICK);
        marker.setLabelPaint(inks.colourOf("muted"));
        marker.setLabelAnchor(RectangleAnchor.TOP);
        marker.setLabelTextAnchor(TextAnchor.TOP_CENTER);
        plot.addDomainMarker(marker, Layer.BACKGROUND);
    }

    private void median(XYPlot plot) {
        ValueMarker marker = new ValueMarker(scale.value((double) Windows.medianNs(pipeline)));
        marker.setPaint(inks.colourOf("mark"));
        marker.setStroke(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 5}, 0));
        plot.addRangeMarker(marker, Layer.FOREGROUND);
    }
}
