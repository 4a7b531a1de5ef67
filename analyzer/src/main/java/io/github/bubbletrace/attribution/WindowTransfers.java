package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.TransferSpans;
import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.Window;
import java.util.stream.IntStream;

/** The edges of a window that join two devices. */
final class WindowTransfers implements TransferSpans {

    private final Edges edges;
    private final Window window;
    private final int[] crossing;
    private final int[] firstTask;

    /** Tasks of a window are sorted by device: {@code devices} is how many there are. */
    WindowTransfers(Edges edges, int devices) {
        this.edges = edges;
        window = edges.window();
        crossing = IntStream.range(0, edges.size())
                .filter(edge -> edges.crosses(edge)
                        && edges.startNs(edge) != Edges.UNKNOWN
                        && edges.arrivalNs(edge) != Edges.UNKNOWN)
                .toArray();
        firstTask = new int[devices];
        for (int task = window.tasks() - 1; task >= 0; task--) {
            firstTask[window.device(task)] = task;
        }
    }

    @Override
    public int size() {
        return crossing.length;
    }

    @Override
    public long startNs(int index) {
        return edges.startNs(crossing[index]);
    }

    @Override
    public long endNs(int index) {
        return edges.arrivalNs(crossing[index]);
    }

    @Override
    public int sourceDevice(int index) {
        return window.device(edges.source(crossing[index]));
    }

    @Override
    public int sourceTask(int index) {
        return place(edges.source(crossing[index]));
    }

    @Override
    public int targetDevice(int index) {
        return window.device(edges.target(crossing[index]));
    }

    @Override
    public int targetTask(int index) {
        return place(edges.target(crossing[index]));
    }

    @Override
    public boolean isEstimated(int index) {
        return edges.isEstimated(crossing[index]);
    }

    @Override
    public long bytes(int index) {
        return edges.bytes(crossing[index]);
    }

    private int place(int task) {
        return task - firstTask[window.device(task)];
    }
}
