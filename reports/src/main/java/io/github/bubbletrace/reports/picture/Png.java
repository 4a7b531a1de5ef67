package io.github.bubbletrace.reports.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.OutputStream;

/** Pictures as PNG: the same picture on the same machine gives the same bytes. */
public final class Png {

    private Png() {}

    /** Writes {@code picture} to {@code out}, which stays open. */
    public static void write(Picture picture, OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(Picture.WIDTH, Picture.HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, Picture.WIDTH, Picture.HEIGHT);
        picture.draw(graphics);
        graphics.dispose();
        PngEncoder.write(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), Picture.WIDTH, out);
    }
}
