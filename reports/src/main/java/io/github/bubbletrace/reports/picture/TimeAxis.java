package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Nanoseconds of a window onto the pixels of a plot. */
public final class TimeAxis {

    private static final int TARGET_TICKS = 8;

    private final long startNs;
    private final long lengthNs;
    private final double left;
    private final double width;

    /** An axis from {@code startNs} to {@code endNs}, drawn from {@code left} on over {@code width} pixels. */
    public TimeAxis(long startNs, long endNs, double left, double width) {
        this.startNs = startNs;
        this.lengthNs = Math.max(1, endNs - startNs);
        this.left = left;
        this.width = width;
    }

    /** Where {@code ns} lies, in pixels. */
    public double x(long ns) {
        return left + Math.max(0, Math.min(width, exact(ns - startNs)));
    }

    /** How many nanoseconds a pixel holds. */
    long pixelNs() {
        return Math.max(1, Math.round(lengthNs / width));
    }

    private double exact(long sinceStartNs) {
        return width * sinceStartNs / lengthNs;
    }

    /** Round times within the axis, in nanoseconds since its start. */
    public List<Long> ticks() {
        long step = step();
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; tick <= lengthNs; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    /** The pixel of a tick. */
    public double tickX(long sinceStartNs) {
        return left + exact(sinceStartNs);
    }

    /** The unit of the labels. */
    public String unit() {
        return Units.Scale.of(lengthNs).unit();
    }

    /** A tick's label in {@link #unit()}, with no more digits than the steps need. */
    public String label(long sinceStartNs) {
        String digits = Units.Scale.of(lengthNs).number(sinceStartNs);
        return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
    }

    private long step() {
        double rough = (double) lengthNs / TARGET_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, rough))));
        double lead = rough / power;
        double nice = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
        return Math.max(1, Math.round(nice * power));
    }
}
