package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Action;
import java.util.List;
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

    /**
     * The window in columns that a what-if can change.
     *
     * @throws IllegalStateException where the order of tasks cannot be replayed
     */
    public Step step(PipelineRun run) {
        if (!isReplayable()) {
            throw new IllegalStateException("iteration " + window.index() + " cannot be replayed");
        }
        return RecordedStep.of(run, this);
    }

    /** How late each device itself was, in nanoseconds. */
    public long[] latenessNs() {
        return recorded.latenessNs();
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
     * A task that took longer than size x factor.
     *
     * @param iteration its iteration
     * @param device place of its device in the pipeline's list
     * @param action what it ran
     * @param startNs its start on the document's axis
     * @param ns how much longer it took
     */
    public record Excess(int iteration, int device, Action action, long startNs, long ns) {}

    /** The task of {@code windows} that exceeds size x factor the most; the first of equal ones. */
    public static Excess worstExcess(List<WindowRun> windows) {
        Excess worst = new Excess(-1, -1, null, 0, 0);
        for (WindowRun run : windows) {
            long[] own = run.durations.own();
            long[] expected = run.durations.withoutAccidents();
            for (int task = 0; task < own.length; task++) {
                if (own[task] - expected[task] > worst.ns()) {
                    Window w = run.window;
                    worst = new Excess(
                            w.index(), w.device(task), w.action(task), w.startNs(task), own[task] - expected[task]);
                }
            }
        }
        return worst;
    }
}
