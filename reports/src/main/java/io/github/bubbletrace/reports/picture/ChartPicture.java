package io.github.bubbletrace.reports.picture;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** A JFreeChart plot in the frame and theme that all pictures share. */
final class ChartPicture implements Picture {

    static final Font LABEL = Fonts.plain(19);
    static final Font TICK = Fonts.plain(17);
    private static final int SIDE = 30;

    private final Frame frame;
    private final JFreeChart chart;

    private ChartPicture(Frame frame, JFreeChart chart) {
        this.frame = frame;
        this.chart = chart;
    }

    static ChartPicture of(Inks inks, Frame frame, XYPlot plot) {
        plot.setRangeGridlinePaint(inks.colourOf("line"));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlinesVisible(false);
        axis(inks, plot.getDomainAxis());
        axis(inks, plot.getRangeAxis());
        plot.setBackgroundPaint(inks.colourOf("bg"));
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(4, 8, 4, 16));
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(inks.colourOf("bg"));
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return new ChartPicture(frame, chart);
    }

    /** Gives an axis the theme's fonts and colours. */
    static void axis(Inks inks, Axis axis) {
        axis.setLabelFont(LABEL);
        axis.setLabelPaint(inks.colourOf("muted"));
        axis.setTickLabelFont(TICK);
        axis.setTickLabelPaint(inks.colourOf("muted"));
        axis.setAxisLinePaint(inks.colourOf("line"));
        axis.setTickMarkPaint(inks.colourOf("line"));
        axis.setLabelInsets(new RectangleInsets(6, 6, 6, 6));
    }

    /** An axis of numbers that are written the same in every locale. */
    static NumberAxis measure(String name) {
        NumberAxis axis = new NumberAxis(name);
        axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
        return axis;
    }

    /** An axis of whole numbers from {@code first} to {@code last}, each the middle of {@code width} of them. */
    static NumberAxis numbered(String name, int first, int last, int width) {
        NumberAxis axis = new NumberAxis(name);
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        axis.setRange(first - width / 2.0, last + width / 2.0);
        return axis;
    }

    /** The chart, for what only some of them have. */
    JFreeChart chart() {
        return chart;
    }

    @Override
    public void draw(Graphics2D graphics) {
        Rectangle room = frame.draw(graphics);
        chart.draw(graphics, new Rectangle2D.Double(SIDE, room.y, room.width - 2.0 * SIDE, room.height));
    }
}
