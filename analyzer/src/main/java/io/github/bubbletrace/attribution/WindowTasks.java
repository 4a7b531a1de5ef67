package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.schedule.Phase;

/** The tasks of one device of a window: a view of the window's columns. */
final class WindowTasks implements TaskSpans {

    private final Window window;
    private final WindowRun run;
    private final Activity activity;
    private final int first;
    private final int size;

    WindowTasks(WindowRun run, Activity activity, int first, int end) {
        this.run = run;
        this.window = run.window();
        this.activity = activity;
        this.first = first;
        this.size = end - first;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long startNs(int index) {
        return window.startNs(first + index);
    }

    @Override
    public long endNs(int index) {
        return window.endNs(first + index);
    }

    @Override
    public long busyNs(int index) {
        return activity.compute().coveredNs(startNs(index), endNs(index));
    }

    @Override
    public long idealStartNs(int index) {
        return run.replays()
                .map(replays -> window.windowStartNs() + replays.get(0).taskStartNs(first + index))
                .orElse(-1L);
    }

    @Override
    public long idealEndNs(int index) {
        return run.replays()
                .map(replays -> window.windowStartNs() + replays.get(0).taskEndNs(first + index))
                .orElse(-1L);
    }

    @Override
    public Phase phase(int index) {
        return window.phase(first + index);
    }

    @Override
    public int chunk(int index) {
        return window.action(first + index).chunk();
    }

    @Override
    public int microBatch(int index) {
        return window.action(first + index).microBatch();
    }
}
