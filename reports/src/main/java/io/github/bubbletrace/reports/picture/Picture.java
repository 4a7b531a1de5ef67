package io.github.bubbletrace.reports.picture;

import java.awt.Graphics2D;

/** Something that can be drawn on {@link #WIDTH} x {@link #HEIGHT} pixels. */
public interface Picture {

    /** Width of every picture in pixels. */
    int WIDTH = 1600;

    /** Height of every picture in pixels. */
    int HEIGHT = 900;

    /** Draws it on a white ground. */
    void draw(Graphics2D graphics);
}
