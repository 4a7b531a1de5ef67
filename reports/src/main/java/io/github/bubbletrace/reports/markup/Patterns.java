package io.github.bubbletrace.reports.markup;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.text.CauseText;

/** The hatching of every cause, defined once for the whole page, and the swatches that explain it. */
public final class Patterns {

    /** Width and height of a tile in pixels. */
    public static final int TILE = 8;

    private Patterns() {}

    /** The definitions for a page; they must stand before their first use and must not be display:none. */
    public static void define(HtmlWriter html) {
        html.open("svg", "class", "defs", "width", "0", "height", "0", "aria-hidden", "true");
        defs(html);
        html.close();
    }

    /** The definitions for one SVG. */
    public static void defs(HtmlWriter html) {
        html.open("defs");
        for (Cause cause : Cause.values()) {
            html.open(
                    "pattern",
                    "id",
                    id(cause),
                    "width",
                    "" + TILE,
                    "height",
                    "" + TILE,
                    "patternUnits",
                    "userSpaceOnUse");
            html.empty("rect", "width", "" + TILE, "height", "" + TILE, "class", "g-" + cause.key());
            html.empty("path", "d", strokes(cause), "stroke-width", strokeWidth(cause), "class", "s-" + cause.key());
            html.close();
        }
        html.close();
    }

    /** The CSS class that fills a shape with the cause's pattern. */
    public static String css(Cause cause) {
        return "c-" + cause.key();
    }

    /** A small sample of a fill, for legends. */
    public static void swatch(HtmlWriter html, String css) {
        html.open("svg", "class", "sw", "width", "20", "height", "14", "aria-hidden", "true");
        html.empty("rect", "width", "20", "height", "14", "class", css).close();
    }

    /** A sample of a cause's fill; its letters show where the page is printed, which has no hatching. */
    public static void swatch(HtmlWriter html, Cause cause) {
        html.open("svg", "class", "sw", "width", "20", "height", "14", "aria-hidden", "true");
        html.empty("rect", "width", "20", "height", "14", "class", css(cause));
        html.element("text", CauseText.letters(cause), "x", "10", "y", "11", "class", "mid letter");
        html.close();
    }

    private static String id(Cause cause) {
        return "h-" + cause.key();
    }

    /** Width of the hatching's strokes in pixels. */
    public static String strokeWidth(Cause cause) {
        return switch (cause) {
            case IMBALANCE -> "3";
            case JITTER -> "1.6";
            case P2P -> "2.4";
            case UNRESOLVED -> "2";
            default -> "1";
        };
    }

    /** The hatching as path data of moves and lines on a tile of {@link #TILE} pixels. */
    public static String strokes(Cause cause) {
        return switch (cause) {
            case FILL -> "M-2 2L2 -2M0 8L8 0M6 10L10 6";
            case DRAIN -> "M-2 6L2 10M0 0L8 8M6 -2L10 2";
            case TURNAROUND -> "M2 0V8M6 0V8";
            case STARVATION -> "M0 2H8M0 6H8";
            case IMBALANCE -> "M-2 2L2 -2M0 8L8 0M6 10L10 6";
            case JITTER -> "M1 2H4M5 6H8";
            case P2P -> "M-2 6L2 10M0 0L8 8M6 -2L10 2";
            case COLLECTIVE -> "M0 4H8M4 0V8";
            case HOST -> "M0 0L8 8M0 8L8 0";
            case UNRESOLVED -> "M3 4H5";
        };
    }
}
