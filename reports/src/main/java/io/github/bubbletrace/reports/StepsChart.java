package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.CategoryTableXYDataset;

/** A bar per iteration: the step time, and what a mean device did in it. */
final class StepsChart {

    private final Inks inks = new Inks();
    private final PipelineAnalysis pipeline;
    private final IterationColumns columns;
    private final List<Cause> causes;
    private final Units.Scale scale;

    private StepsChart(PipelineAnalysis pipeline) {
        this.pipeline = pipeline;
        columns = new IterationColumns(pipeline.iterations());
        causes = StageTotals.causes(List.of(StageTotals.of(pipeline.iterations())));
        scale = Units.Scale.of(Windows.medianNs(pipeline));
    }

    static Picture of(Analysis analysis) {
        return new StepsChart(PictureFacts.subject(analysis)).picture(PictureFacts.title(analysis));
    }

    private Picture picture(String title) {
        StackedXYBarRenderer renderer =
                new StackedXYBarRenderer(columns.columns().size() > 80 ? 0.05 : 0.2);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setSeriesPaint(0, inks.colourOf("busy"));
        for (int i = 0; i < causes.size(); i++) {
            renderer.setSeriesPaint(i + 1, inks.fill(causes.get(i)));
        }
        XYPlot plot = new XYPlot(dataset(), domain(), new NumberAxis("step time, " + scale.unit()), renderer);
        plot.getRangeAxis().setUpperMargin(0.1);
        skipped(plot);
        median(plot);
        String subtitle = "Steps: window of every iteration, and what its devices did in it on average. Median "
                + Units.time(Windows.medianNs(pipeline)) + ", 95th percentile " + Units.time(Windows.p95Ns(pipeline))
                + '.';
        return ChartPicture.of(inks, new Frame(inks, title, subtitle, legend()), plot);
    }

    private NumberAxis domain() {
        NumberAxis axis = new NumberAxis(columns.axisName());
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setAutoRangeIncludesZero(false);
        int first = IterationColumns.x(columns.columns().get(0));
        int last = IterationColumns.x(columns.columns().get(columns.columns().size() - 1));
        double half = columns.size() / 2.0;
        axis.setRange(first - half, last + half);
        return axis;
    }

    private CategoryTableXYDataset dataset() {
        CategoryTableXYDataset dataset = new CategoryTableXYDataset();
        dataset.setIntervalWidth(columns.size());
        for (List<IterationAnalysis> column : columns.columns()) {
            StageTotals totals = StageTotals.of(column);
            int x = IterationColumns.x(column);
            dataset.add(x, scale.value(totals.meanBusyNs()), "busy");
            for (Cause cause : causes) {
                dataset.add(x, scale.value(totals.meanIdleNs(cause)), cause.key());
            }
        }
        return dataset;
    }

    private void skipped(XYPlot plot) {
        double half = columns.size() / 2.0;
        for (List<IterationAnalysis> column : columns.columns()) {
            if (IterationColumns.isSkipped(column)) {
                int x = IterationColumns.x(column);
                IntervalMarker marker = new IntervalMarker(x - half, x + half, inks.colourOf("panel"));
                marker.setLabel("warm-up");
                marker.setLabelFont(ChartPicture.TICK);
                marker.setLabelPaint(inks.colourOf("muted"));
                marker.setLabelAnchor(RectangleAnchor.TOP);
                marker.setLabelTextAnchor(TextAnchor.TOP_CENTER);
                plot.addDomainMarker(marker, Layer.BACKGROUND);
            }
        }
    }

    private void median(XYPlot plot) {
        ValueMarker marker = new ValueMarker(scale.value((double) Windows.medianNs(pipeline)));
        marker.setPaint(inks.colourOf("mark"));
        marker.setStroke(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 5}, 0));
        plot.addRangeMarker(marker, Layer.FOREGROUND);
    }

    private List<Frame.Item> legend() {
        List<Frame.Item> items = new ArrayList<>();
        items.add(new Frame.Item(inks.colourOf("busy"), "busy"));
        causes.forEach(cause -> items.add(new Frame.Item(inks.fill(cause), "idle: " + CauseText.name(cause))));
        return items;
    }
}
