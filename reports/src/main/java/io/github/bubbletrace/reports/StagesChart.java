package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** A bar per stage: busy and idle time by cause in a mean window. */
final class StagesChart {

    private static final String BUSY = "busy";

    /** More bars leave no room for their shares. */
    private static final int LABELLED = 16;

    private final Inks inks = new Inks();
    private final TreeMap<Integer, StageTotals> stages;
    private final List<Cause> causes;
    private final Units.Scale scale;

    private StagesChart(PipelineAnalysis pipeline) {
        stages = StageTotals.byStage(Windows.counted(pipeline));
        causes = StageTotals.causes(stages.values());
        scale = Units.Scale.of(Windows.medianNs(pipeline));
    }

    static Picture of(Analysis analysis) {
        return new StagesChart(PictureFacts.subject(analysis)).picture(PictureFacts.title(analysis));
    }

    private Picture picture(String title) {
        StackedBarRenderer renderer = new StackedBarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setMaximumBarWidth(0.12);
        renderer.setSeriesPaint(0, inks.colourOf(BUSY));
        for (int i = 0; i < causes.size(); i++) {
            renderer.setSeriesPaint(i + 1, inks.fill(causes.get(i)));
        }
        if (stages.size() <= LABELLED) {
            renderer.setSeriesItemLabelGenerator(0, new BusyShare());
            renderer.setSeriesItemLabelsVisible(0, true);
            renderer.setSeriesItemLabelPaint(0, inks.colourOf("on-task"));
            renderer.setSeriesItemLabelFont(0, Fonts.bold(19));
        }
        CategoryAxis domain = new CategoryAxis("stage");
        domain.setCategoryMargin(0.25);
        domain.setLowerMargin(0.02);
        domain.setUpperMargin(0.02);
        NumberAxis range = new NumberAxis("time in a mean window, " + scale.unit());
        CategoryPlot plot = new CategoryPlot(dataset(), domain, range, renderer);
        return ChartPicture.of(inks, new Frame(inks, title, subtitle(), legend()), plot);
    }

    private static String subtitle() {
        return "Stages: busy and idle time by cause, mean over iterations; a bar is a whole window.";
    }

    private CategoryDataset dataset() {
        DefaultCategoryDataset dataset = new DefaultCategoryDataset();
        for (Map.Entry<Integer, StageTotals> stage : stages.entrySet()) {
            dataset.addValue(scale.value(stage.getValue().meanBusyNs()), BUSY, stage.getKey());
        }
        for (Cause cause : causes) {
            for (Map.Entry<Integer, StageTotals> stage : stages.entrySet()) {
                dataset.addValue(scale.value(stage.getValue().meanIdleNs(cause)), cause, stage.getKey());
            }
        }
        return dataset;
    }

    private List<Frame.Item> legend() {
        List<Frame.Item> items = new ArrayList<>();
        items.add(new Frame.Item(inks.colourOf(BUSY), BUSY));
        causes.forEach(cause -> items.add(new Frame.Item(inks.fill(cause), "idle: " + CauseText.name(cause))));
        return items;
    }

    /** The busy share, written into the bar. */
    private final class BusyShare extends StandardCategoryItemLabelGenerator implements CategoryItemLabelGenerator {

        private static final long serialVersionUID = 1;

        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            StageTotals stage = stages.get((Integer) dataset.getColumnKey(column));
            return Units.tenths(Budget.of(stage.busyNs(), stage.idleNs()).busyTenths()) + " %";
        }
    }
}
