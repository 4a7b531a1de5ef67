package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import java.util.Optional;

/** One window with everything that its explanation needs: blocks, durations, the recorded run and its replays. */
public final class WindowRun {

    private final Window window;
    private final Edges edges;
    private final Blocks blocks;
    private final Durations durations;
    private final RecordedRun recorded;
    private final Optional<Replays> replays;

    /** Replays {@code edges}' window five times, where its order can be replayed. */
    public WindowRun(PipelineRun run, Edges edges) {
        this.edges = edges;
        window = edges.window();
        blocks = new Blocks(window);
        durations = new Durations(run, window);
        recorded = new RecordedRun(edges, blocks, run.devices().size());
        replays = recorded.graph().isReplayable() ? Optional.of(new Replays(recorded, durations)) : Optional.empty();
    }

    /** The window. */
    public Window window() {
        return window;
    }

    Edges edges() {
        return edges;
    }

    Blocks blocks() {
        return blocks;
    }

    Durations durations() {
        return durations;
    }

    RecordedRun recorded() {
        return recorded;
    }

    Optional<Replays> replays() {
        return replays;
    }

    /** Whether the order of tasks can be replayed. */
    public boolean isReplayable() {
        return replays.isPresent();
    }

    /** How many blocks started before they could. */
    public long negativeDelays() {
        return java.util.Arrays.stream(recorded.delayNs()).filter(d -> d < 0).count();
    }

    /** How many tasks wait for an input that is not in the window. */
    public long tasksWithoutInput() {
        return java.util.stream.IntStream.range(0, window.tasks())
                .filter(edges::isInputMissing)
                .count();
    }

    boolean isInputMissing(int block) {
        for (int task = blocks.firstTask(block); task < blocks.endTask(block); task++) {
            if (edges.isInputMissing(task)) {
                return true;
            }
        }
        return false;
    }

    /** The tasks on any device that {@code block} waits for. */
    int[] sourcesOf(int block) {
        return recorded.graph().sourcesOf(block);
    }

    /**
     * How late {@code device} itself was: starts of its blocks, {@code firstBlock} to before {@code endBlock}, after
     * the later of device free and inputs there, and its sends and receives after the input was finished.
     */
    long latenessNs(int device, int firstBlock, int endBlock) {
        long sum = recorded.lateTransfersNs(device);
        long[] delays = recorded.delayNs();
        for (int block = firstBlock; block < endBlock && block < delays.length; block++) {
            sum += Math.max(0, delays[block]);
        }
        return sum;
    }
}
