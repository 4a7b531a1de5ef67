package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.Deferred;
import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Directions;
import io.github.bubbletrace.schedule.PeakInFlight;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One recorded replica whose steps can be replayed.
 *
 * @param run the pipeline
 * @param windows its windows that count and can be replayed
 * @param steps the same in columns
 * @param kind the schedule that its orders are; empty where they are no known one
 * @param inFlight batches in flight of a decode loop, else null
 * @param peaks chunk activations that each stage holds at most
 * @param lanes of every lane what it costs in every step
 */
record Replica(
        PipelineRun run,
        List<WindowRun> windows,
        List<Step> steps,
        Optional<ScheduleKind> kind,
        Integer inFlight,
        Deferred<List<Integer>> peaks,
        Deferred<List<List<LaneCosts>>> lanes) {

    private Replica(
            PipelineRun run, List<WindowRun> windows, List<Step> steps, Optional<ScheduleKind> kind, Integer inFlight) {
        this(
                run,
                windows,
                steps,
                kind,
                inFlight,
                new Deferred<>(() -> peaks(run, steps)),
                new Deferred<>(() -> lanes(run, steps, modelChunks(run, windows))));
    }

    static Replica of(PipelineRun run, List<WindowRun> windows, String kind, Integer inFlight) {
        List<WindowRun> replayable =
                windows.stream().filter(WindowRun::isReplayable).toList();
        return new Replica(
                run,
                replayable,
                replayable.stream().map(window -> window.step(run)).toList(),
                ScheduleKind.of(kind),
                inFlight);
    }

    /** The replica's steps, played as recorded. */
    Pipeline pipeline() {
        return new Pipeline(run.devices().size(), steps.stream().map(List::of).toList(), peakInFlight());
    }

    /** The same with one of every {@code distance} steps, the first among them. */
    Replica every(int distance) {
        return kept(step -> step % distance == 0);
    }

    /** The same without these iterations. */
    Replica without(Set<Integer> iterations) {
        return kept(step -> !iterations.contains(steps.get(step).iteration()));
    }

    private Replica kept(IntPredicate isKept) {
        List<Integer> kept =
                IntStream.range(0, steps.size()).filter(isKept).boxed().toList();
        return new Replica(
                run,
                kept.stream().map(windows::get).toList(),
                kept.stream().map(steps::get).toList(),
                kind,
                inFlight);
    }

    /** The place of a device in the pipeline. */
    int stageOf(int device) {
        return run.placeOf().get(device);
    }

    /** How many chunks of the model a micro-batch passes. */
    int modelChunks() {
        return modelChunks(run, windows);
    }

    private static int modelChunks(PipelineRun run, List<WindowRun> windows) {
        return Directions.chain(
                run.chunks(), run.places(), windows.get(0).window().actions());
    }

    /** What each lane costs in {@code changed}, which are the replica's steps, perhaps with other costs. */
    List<List<LaneCosts>> laneCosts(List<Step> changed) {
        return changed.equals(steps) ? lanes.get() : lanes(run, changed, modelChunks());
    }

    private static List<List<LaneCosts>> lanes(PipelineRun run, List<Step> steps, int chunks) {
        return IntStream.range(0, run.lanes())
                .mapToObj(lane -> steps.stream()
                        .map(step -> new LaneCosts(run.laneOf(), step, lane, chunks))
                        .toList())
                .toList();
    }

    /** Whether both are the same replica of the job. */
    boolean isSame(Replica other) {
        return run.replica() == other.run.replica();
    }

    boolean runs(Phase phase) {
        return windows.get(0).window().actions().stream().anyMatch(action -> action.phase() == phase);
    }

    /** Chunk activations that each stage holds at most, over its devices and the steps. */
    List<Integer> peakInFlight() {
        return peaks.get();
    }

    private static List<Integer> peaks(PipelineRun run, List<Step> steps) {
        int[] peak = new int[run.places()];
        for (Step step : steps) {
            List<List<Action>> orders = orders(step, run.devices().size());
            for (int device = 0; device < orders.size(); device++) {
                int stage = run.placeOf().get(device);
                peak[stage] = Math.max(peak[stage], PeakInFlight.of(orders.get(device)));
            }
        }
        return IntStream.of(peak).boxed().toList();
    }

    private static List<List<Action>> orders(Step step, int devices) {
        List<List<Action>> orders = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            orders.add(new ArrayList<>());
        }
        for (int task = 0; task < step.graph().tasks(); task++) {
            orders.get(step.device(task)).add(step.action(task));
        }
        return orders;
    }
}
