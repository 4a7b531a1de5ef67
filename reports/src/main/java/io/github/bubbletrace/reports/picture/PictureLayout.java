package io.github.bubbletrace.reports.picture;

/** Sizes of the pipeline picture in pixels; lanes are lower where there are many. */
final class PictureLayout {

    static final int GUTTER = 96;
    static final int PLOT_WIDTH = 1000;
    static final int WIDTH = GUTTER + PLOT_WIDTH + 14;

    private static final int TOP = 18;
    private static final int AXIS_HEIGHT = 38;
    private static final int MANY_LANES = 16;

    private final int lanes;
    private final boolean low;

    PictureLayout(int lanes) {
        this.lanes = lanes;
        this.low = lanes > MANY_LANES;
    }

    int idealHeight() {
        return low ? 5 : 9;
    }

    int taskHeight() {
        return low ? 14 : 26;
    }

    /** Height of idle time inside a task, drawn along the task's foot. */
    int footHeight() {
        return low ? 5 : 8;
    }

    int fontSize() {
        return low ? 10 : 12;
    }

    /** Top of the ideal row of a lane. */
    int idealY(int lane) {
        return TOP + lane * laneHeight();
    }

    /** Top of the recorded row of a lane. */
    int taskY(int lane) {
        return idealY(lane) + idealHeight() + 2;
    }

    /** Where the lanes end and the axis begins. */
    int bottom() {
        return TOP + lanes * laneHeight();
    }

    int top() {
        return TOP;
    }

    int height() {
        return bottom() + AXIS_HEIGHT;
    }

    private int laneHeight() {
        return idealHeight() + taskHeight() + (low ? 5 : 13);
    }
}
