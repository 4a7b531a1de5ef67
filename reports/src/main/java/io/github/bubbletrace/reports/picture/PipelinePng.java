package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PhaseText;
import io.github.bubbletrace.reports.text.PlainText;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The picture of the median iteration on pixels: the lanes share the room that there is. */
public final class PipelinePng implements Picture {

    private static final int LEFT = 190;
    private static final int RIGHT = WIDTH - 44;
    private static final int AXIS = 62;
    private static final int MARK = 22;
    private static final int MAX_LANE = 170;
    private static final Font NAME = Fonts.plain(19);
    private static final Font DEVICE = Fonts.plain(15);
    private static final Font TICK = Fonts.plain(17);

    private final Inks inks = new Inks();
    private final PictureContent content;
    private final TimeAxis axis;
    private final Frame frame;

    private PipelinePng(PictureContent content, String title) {
        this.content = content;
        this.axis = content.axis(LEFT, RIGHT - LEFT);
        this.frame = new Frame(inks, title, PictureFacts.subtitle(content), legend());
    }

    /** The picture of the slowest replica of {@code analysis}. */
    public static Picture of(Analysis analysis) {
        PictureContent content =
                PictureContent.of(PictureFacts.subject(analysis)).orElseThrow();
        return new PipelinePng(content, PictureFacts.title(analysis));
    }

    private List<Frame.Item> legend() {
        List<Frame.Item> items = new ArrayList<>();
        content.phases()
                .forEach(phase ->
                        items.add(new Frame.Item(inks.fill("p-" + phase.name()), PhaseText.letterAndName(phase))));
        content.causes()
                .forEach(cause -> items.add(new Frame.Item(inks.fill(cause), "idle: " + CauseText.name(cause))));
        return items;
    }

    @Override
    public void draw(Graphics2D graphics) {
        Rectangle room = frame.draw(graphics);
        int lanes = content.lanes().size();
        double height = Math.min(MAX_LANE, (double) (room.height - AXIS - MARK) / lanes);
        double top = room.y + MARK + (room.height - AXIS - MARK - height * lanes) / 2;
        double bottom = top + height * lanes;
        grid(graphics, top, bottom);
        for (int i = 0; i < lanes; i++) {
            new Lane(graphics, content.lanes().get(i), top + i * height, height).draw();
        }
        names(graphics, top, height);
        idealEnd(graphics, top, bottom);
    }

    private void grid(Graphics2D graphics, double top, double bottom) {
        graphics.setFont(TICK);
        FontMetrics metrics = graphics.getFontMetrics();
        for (long tick : axis.ticks()) {
            double x = axis.tickX(tick);
            graphics.setColor(inks.colourOf("line"));
            graphics.draw(new Line2D.Double(x, top, x, bottom + 6));
            graphics.setColor(inks.colourOf("muted"));
            String label = axis.label(tick);
            graphics.drawString(label, (float) (x - metrics.stringWidth(label) / 2.0), (float) bottom + 26);
        }
        String unit = axis.unit() + " since the window's start";
        graphics.drawString(unit, (LEFT + RIGHT - metrics.stringWidth(unit)) / 2f, (float) bottom + 52);
    }

    /** As many names as have room. */
    private void names(Graphics2D graphics, double top, double height) {
        int every = (int) Math.ceil(22 / height);
        for (int i = 0; i < content.lanes().size(); i += every) {
            PictureLane lane = content.lanes().get(i);
            double middle = top + (i + 0.5) * height;
            boolean two = height >= 56;
            right(graphics, NAME, "fg", "stage " + lane.stage(), middle + (two ? 0 : 7));
            if (two) {
                right(graphics, DEVICE, "muted", PlainText.clean(lane.device(), 16), middle + 20);
            }
        }
    }

    private void right(Graphics2D graphics, Font font, String colour, String text, double y) {
        graphics.setFont(font);
        graphics.setColor(inks.colourOf(colour));
        float x = LEFT - 14f - graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, x, (float) y);
    }

    private void idealEnd(Graphics2D graphics, double top, double bottom) {
        if (content.idealEndNs() < 0) {
            return;
        }
        double x = axis.x(content.idealEndNs());
        graphics.setColor(inks.colourOf("mark"));
        graphics.setStroke(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 5}, 0));
        graphics.draw(new Line2D.Double(x, top - 18, x, bottom));
        graphics.setStroke(new BasicStroke());
        graphics.setFont(TICK);
        int width = graphics.getFontMetrics().stringWidth("ideal end");
        boolean flip = x + width + 10 > WIDTH;
        graphics.drawString("ideal end", (float) (flip ? x - width - 8 : x + 8), (float) top - 6);
    }

    /** One device's rows. */
    private final class Lane {

        private final Graphics2D graphics;
        private final PictureLane lane;
        private final double idealY;
        private final double idealHeight;
        private final double taskY;
        private final double taskHeight;

        Lane(Graphics2D graphics, PictureLane lane, double y, double height) {
            this.graphics = graphics;
            this.lane = lane;
            idealHeight = 0.2 * height;
            idealY = y + 0.06 * height;
            taskY = idealY + idealHeight + 0.05 * height;
            taskHeight = 0.62 * height;
        }

        void draw() {
            Composite opaque = graphics.getComposite();
            graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.5f));
            spans(lane.ideal(), idealY, idealHeight);
            graphics.setComposite(opaque);
            spans(lane.idle(), taskY, taskHeight);
            spans(lane.tasks(), taskY, taskHeight);
            labels();
            double foot = Math.max(3, 0.28 * taskHeight);
            spans(lane.idleInTasks(), taskY + taskHeight - foot, foot);
        }

        private void spans(List<PictureSpan> spans, double y, double height) {
            for (PictureSpan span : spans) {
                double x = axis.x(span.startNs());
                Rectangle2D shape = new Rectangle2D.Double(x, y, axis.x(span.endNs()) - x, height);
                Paint fill = inks.fill(span.css());
                graphics.setPaint(fill);
                graphics.fill(shape);
                if (span.css().startsWith("p-") && shape.getWidth() > 3 && height > 12) {
                    graphics.setColor(inks.colourOf("bg"));
                    graphics.draw(shape);
                }
            }
        }

        private void labels() {
            if (taskHeight < 14) {
                return;
            }
            graphics.setFont(Fonts.plain((int) Math.min(19, taskHeight - 2)));
            graphics.setColor(inks.colourOf("on-task"));
            FontMetrics metrics = graphics.getFontMetrics();
            double baseline = taskY + taskHeight / 2 + metrics.getAscent() * 0.36;
            for (PictureSpan task : lane.tasks()) {
                double x = axis.x(task.startNs());
                double width = axis.x(task.endNs()) - x;
                String label = fitting(task.label(), width - 3, metrics);
                graphics.drawString(label, (float) (x + (width - metrics.stringWidth(label)) / 2), (float) baseline);
            }
        }

        private String fitting(String label, double room, FontMetrics metrics) {
            if (label.isEmpty() || metrics.stringWidth(label) <= room) {
                return label;
            }
            String letter = label.substring(0, 1);
            return metrics.stringWidth(letter) <= room ? letter : "";
        }
    }
}
