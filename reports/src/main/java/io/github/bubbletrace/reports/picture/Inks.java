package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.markup.Palette;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.schedule.Phase;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's light theme as paints of Java 2D: plain colours, and hatching as textures. */
final class Inks {

    /** Hatching is drawn larger than on the page, as the pictures are. */
    private static final double SCALE = 1.5;

    private static final Pattern STEP = Pattern.compile("([MLHV])(-?\\d+)(?: (-?\\d+))?");

    private final Palette palette = Palette.light();
    private final Map<String, Paint> byCss = new HashMap<>();

    Inks() {
        for (Phase phase : Phase.values()) {
            byCss.put("p-" + phase.name(), colour(palette.phase(phase)));
        }
        for (Cause cause : Cause.values()) {
            byCss.put(Patterns.css(cause), hatching(cause));
        }
    }

    /** The colour that the style sheet calls {@code name}. */
    Color colourOf(String name) {
        return colour(palette.get(name));
    }

    /** What fills shapes of the style sheet's class {@code css}: a phase or a cause. */
    Paint fill(String css) {
        return byCss.get(css);
    }

    Paint fill(Cause cause) {
        return fill(Patterns.css(cause));
    }

    private static Color colour(String hex) {
        return Color.decode(hex);
    }

    private Paint hatching(Cause cause) {
        int size = (int) (SCALE * Patterns.TILE);
        BufferedImage tile = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = tile.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(colour(palette.ground(cause)));
        graphics.fillRect(0, 0, size, size);
        graphics.transform(AffineTransform.getScaleInstance(SCALE, SCALE));
        graphics.setColor(colour(palette.stroke(cause)));
        graphics.setStroke(new BasicStroke(
                Float.parseFloat(Patterns.strokeWidth(cause)), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(path(Patterns.strokes(cause)));
        graphics.dispose();
        return new TexturePaint(tile, new Rectangle2D.Double(0, 0, size, size));
    }

    private static Path2D path(String data) {
        Path2D path = new Path2D.Double();
        Matcher step = STEP.matcher(data);
        while (step.find()) {
            double first = Double.parseDouble(step.group(2));
            double second = step.group(3) == null ? 0 : Double.parseDouble(step.group(3));
            switch (step.group(1)) {
                case "M" -> path.moveTo(first, second);
                case "L" -> path.lineTo(first, second);
                case "H" -> path.lineTo(first, path.getCurrentPoint().getY());
                default -> path.lineTo(path.getCurrentPoint().getX(), first);
            }
        }
        return path;
    }
}
