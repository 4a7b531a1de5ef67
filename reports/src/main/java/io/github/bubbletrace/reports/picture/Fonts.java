package io.github.bubbletrace.reports.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** The one font of the pictures, in its sizes. */
public final class Fonts {

    private Fonts() {}

    /** The font in {@code size} pixels. */
    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    /** The font in bold. */
    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /** Whether text can be drawn: a minimal machine has no font, or lacks the libraries that draw them. */
    public static boolean areUsable() {
        try {
            return drawsLetters();
        } catch (RuntimeException | LinkageError | InternalError | java.awt.AWTError e) {
            return false;
        }
    }

    private static boolean drawsLetters() {
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setFont(plain(14));
        graphics.setColor(Color.WHITE);
        graphics.drawString("F0", 4, 15);
        graphics.dispose();
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            if ((image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) != 0) {
                return true;
            }
        }
        return false;
    }
}
