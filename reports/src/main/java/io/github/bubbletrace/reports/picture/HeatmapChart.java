package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.IterationColumns;
import io.github.bubbletrace.reports.figures.StageTotals;
import io.github.bubbletrace.reports.text.Units;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;

/** The idle share of every stage in every iteration as a map of colours: bands are stages, columns are steps. */
public final class HeatmapChart {

    /** As many columns and rows have room for their numbers. */
    private static final int NUMBERED_COLUMNS = 18;

    private static final int NUMBERED_ROWS = 20;

    /** Up to as many of both, cells are parted. */
    private static final int FEW = 40;

    private final Inks inks = new Inks();
    private final IterationColumns columns;
    private final List<Integer> stages;
    private final double[][] cells;
    private final HeatScale scale;

    private HeatmapChart(PipelineAnalysis pipeline) {
        columns = new IterationColumns(pipeline.iterations());
        stages = List.copyOf(StageTotals.byStage(pipeline.iterations()).keySet());
        cells = cells();
        scale = new HeatScale(
                inks,
                Arrays.stream(cells[2]).min().orElse(0),
                Arrays.stream(cells[2]).max().orElse(0));
    }

    /** The picture of the slowest replica of {@code analysis}. */
    public static Picture of(Analysis analysis) {
        return new HeatmapChart(PictureFacts.subject(analysis)).picture(PictureFacts.title(analysis));
    }

    /** Columns, rows and shares, cell by cell. */
    private double[][] cells() {
        int count = columns.columns().size() * stages.size();
        double[][] data = new double[3][count];
        int cell = 0;
        for (List<IterationAnalysis> column : columns.columns()) {
            TreeMap<Integer, StageTotals> totals = StageTotals.byStage(column);
            for (int row = 0; row < stages.size(); row++) {
                data[0][cell] = IterationColumns.x(column);
                data[1][cell] = row;
                data[2][cell] =
                        totals.getOrDefault(stages.get(row), StageTotals.NONE).idleShare();
                cell++;
            }
        }
        return data;
    }

    private Picture picture(String title) {
        DefaultXYZDataset dataset = new DefaultXYZDataset();
        dataset.addSeries("idle", cells);
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setPaintScale(scale);
        boolean few = columns.columns().size() <= FEW && stages.size() <= FEW;
        renderer.setBlockWidth(columns.size() * (few ? 0.98 : 1));
        renderer.setBlockHeight(few ? 0.97 : 1);
        XYPlot plot = new XYPlot(dataset, domain(), range(), renderer);
        numbers(plot);
        String subtitle =
                "Idle share of every stage in every iteration: a dark row is a stage that waits, a dark column a"
                        + " step that does.";
        ChartPicture picture = ChartPicture.of(inks, new Frame(inks, title, subtitle, List.of()), plot);
        plot.setRangeGridlinesVisible(false);
        picture.chart().addSubtitle(legend());
        return picture;
    }

    private NumberAxis domain() {
        List<List<IterationAnalysis>> all = columns.columns();
        int last = IterationColumns.x(all.get(all.size() - 1));
        return ChartPicture.numbered(columns.axisName(), IterationColumns.x(all.get(0)), last, columns.size());
    }

    /** The first stage on top, as in the picture of the pipeline. */
    private SymbolAxis range() {
        SymbolAxis axis =
                new SymbolAxis("stage", stages.stream().map(String::valueOf).toArray(String[]::new));
        axis.setInverted(true);
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, stages.size() - 0.5);
        return axis;
    }

    private void numbers(XYPlot plot) {
        if (columns.columns().size() > NUMBERED_COLUMNS || stages.size() > NUMBERED_ROWS) {
            return;
        }
        for (int cell = 0; cell < cells[2].length; cell++) {
            XYTextAnnotation number =
                    new XYTextAnnotation(Units.percent(cells[2][cell]), cells[0][cell], cells[1][cell]);
            number.setFont(ChartPicture.TICK);
            number.setPaint(Frame.textOn(scale.getPaint(cells[2][cell])));
            plot.addAnnotation(number);
        }
    }

    private PaintScaleLegend legend() {
        NumberAxis axis = new NumberAxis("idle share of the window");
        NumberFormat percent = NumberFormat.getPercentInstance(Locale.ROOT);
        axis.setNumberFormatOverride(percent);
        axis.setTickUnit(
                new NumberTickUnit(scale.getUpperBound() - scale.getLowerBound() > 0.25 ? 0.1 : 0.02, percent));
        ChartPicture.axis(inks, axis);
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(22);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount(100);
        legend.setMargin(new RectangleInsets(8, 12, 76, 4));
        legend.setBackgroundPaint(inks.colourOf("bg"));
        return legend;
    }
}
