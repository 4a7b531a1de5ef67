package io.github.bubbletrace.reports.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** What all pictures have in common: two lines of title, a legend at the foot, and the room between them. */
final class Frame {

    private static final int MARGIN = 40;
    private static final int TITLE_Y = 54;
    private static final int SUBTITLE_Y = 86;
    private static final int TOP = 106;
    private static final int LINE = 32;
    private static final int SWATCH_WIDTH = 30;
    private static final int SWATCH_HEIGHT = 18;
    private static final Font TITLE = Fonts.bold(28);
    private static final Font TEXT = Fonts.plain(19);

    private final Inks inks;
    private final String title;
    private final String subtitle;
    private final List<Item> items;

    /**
     * One sample of the legend.
     *
     * @param fill what the sample is filled with
     * @param text what that means
     */
    record Item(Paint fill, String text) {}

    Frame(Inks inks, String title, String subtitle, List<Item> items) {
        this.inks = inks;
        this.title = title;
        this.subtitle = subtitle;
        this.items = List.copyOf(items);
    }

    /** Draws titles and legend; returns the room left, from one edge of the picture to the other. */
    Rectangle draw(Graphics2D graphics) {
        text(graphics, TITLE, "fg", title, TITLE_Y);
        text(graphics, TEXT, "muted", subtitle, SUBTITLE_Y);
        List<List<Item>> lines = lines(graphics.getFontMetrics(TEXT));
        int bottom = Picture.HEIGHT - 22 - LINE * lines.size();
        for (int i = 0; i < lines.size(); i++) {
            line(graphics, lines.get(i), bottom + LINE * i + SWATCH_HEIGHT);
        }
        return new Rectangle(0, TOP, Picture.WIDTH, bottom - 14 - TOP);
    }

    private void text(Graphics2D graphics, Font font, String colour, String text, int y) {
        graphics.setFont(font);
        graphics.setColor(inks.colourOf(colour));
        graphics.drawString(fitting(text, graphics.getFontMetrics()), MARGIN, y);
    }

    private static String fitting(String text, FontMetrics metrics) {
        int room = Picture.WIDTH - 2 * MARGIN;
        String shown = text;
        while (metrics.stringWidth(shown) > room) {
            shown = shown.substring(0, shown.length() - 2) + '\u2026';
        }
        return shown;
    }

    private List<List<Item>> lines(FontMetrics metrics) {
        List<List<Item>> lines = new ArrayList<>();
        int x = Picture.WIDTH;
        for (Item item : items) {
            if (x + width(item, metrics) > Picture.WIDTH) {
                lines.add(new ArrayList<>());
                x = MARGIN;
            }
            lines.get(lines.size() - 1).add(item);
            x += width(item, metrics);
        }
        return lines;
    }

    private static int width(Item item, FontMetrics metrics) {
        return SWATCH_WIDTH + 10 + metrics.stringWidth(item.text()) + 30;
    }

    private void line(Graphics2D graphics, List<Item> line, int baseline) {
        graphics.setFont(TEXT);
        int x = MARGIN;
        for (Item item : line) {
            int y = baseline - SWATCH_HEIGHT + 3;
            graphics.setPaint(item.fill());
            graphics.fillRect(x, y, SWATCH_WIDTH, SWATCH_HEIGHT);
            graphics.setColor(inks.colourOf("line"));
            graphics.drawRect(x, y, SWATCH_WIDTH, SWATCH_HEIGHT);
            graphics.setColor(inks.colourOf("fg"));
            graphics.drawString(item.text(), x + SWATCH_WIDTH + 10, baseline);
            x += width(item, graphics.getFontMetrics());
        }
    }

    /** A colour for text on {@code ground} that reads well. */
    static Color textOn(Color ground) {
        double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
        return light > 140 ? Color.BLACK : Color.WHITE;
    }
}
