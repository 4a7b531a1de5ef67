package io.github.bubbletrace.reports.picture;

import java.awt.Color;
import java.io.Serializable;
import org.jfree.chart.renderer.PaintScale;

/** Shares between two bounds as colours from light to dark, so that grey print keeps their order. */
final class HeatScale implements PaintScale, Serializable {

    private static final long serialVersionUID = 1;

    private static final double STEP = 0.1;

    private final Color middle;
    private final Color high;
    private final double lower;
    private final double upper;

    /** From the tenth below {@code smallest} to the one above {@code largest}. */
    HeatScale(Inks inks, double smallest, double largest) {
        middle = inks.colourOf("imbalance-s");
        high = new Color(0x5c2600);
        lower = Math.min(1 - STEP, Math.floor(smallest / STEP + 1e-9) * STEP);
        upper = Math.max(lower + STEP, Math.ceil(largest / STEP - 1e-9) * STEP);
    }

    @Override
    public double getLowerBound() {
        return lower;
    }

    @Override
    public double getUpperBound() {
        return upper;
    }

    @Override
    public Color getPaint(double share) {
        double place = Math.max(0, Math.min(1, (share - lower) / (upper - lower)));
        return place < 0.5 ? mix(Color.WHITE, middle, 2 * place) : mix(middle, high, 2 * place - 1);
    }

    private static Color mix(Color from, Color to, double part) {
        return new Color(
                channel(from.getRed(), to.getRed(), part),
                channel(from.getGreen(), to.getGreen(), part),
                channel(from.getBlue(), to.getBlue(), part));
    }

    private static int channel(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}
