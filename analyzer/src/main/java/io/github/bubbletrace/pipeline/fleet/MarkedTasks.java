package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.unlabelled.FoundPipeline;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Oddity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The iterations of tasks that structure shows, by the step ranges in which they were launched. A range that parts the
 * forwards and the backwards of micro-batches means something else than an iteration.
 */
public final class MarkedTasks {

    private static final double MOST_PARTED = 0.02;

    private final Fleet fleet;
    private final FoundPipeline pipeline;
    private final double agreed;

    /** The iterations of {@code pipeline}; counts it in the log where ranges contradict what it shows. */
    public MarkedTasks(Fleet fleet, FoundPipeline pipeline) {
        this.fleet = fleet;
        this.pipeline = pipeline;
        agreed = agreed();
        fleet.log().count(Oddity.STEPS_CONTRADICT, isContradicted() ? 1 : 0);
    }

    /** The iteration of a task, -1 where no range says one or the ranges are no iterations. */
    public int iteration(FoundTask task) {
        return isContradicted() ? -1 : said(task);
    }

    /** How sure the ranges are; empty where they say nothing. */
    public Optional<StructureStep> step() {
        return agreed < 1 - MOST_PARTED
                ? Optional.empty()
                : Optional.of(new StructureStep(
                        "iterations", agreed, "step ranges; each holds whole passages of micro-batches"));
    }

    private boolean isContradicted() {
        return agreed >= 0 && agreed < 1 - MOST_PARTED;
    }

    private int said(FoundTask task) {
        Device device = fleet.devices().get(task.device());
        Extract file = fleet.files().get(device.file());
        int process = file.lanes().get(device.lane()).process();
        return task.issuedNs() == LaneWork.UNKNOWN ? -1 : file.steps().at(process, task.issuedNs());
    }

    /** The share of the backwards that lie in the step of their forward; -1 where no task lies in any. */
    private double agreed() {
        if (pipeline.tasks().stream().allMatch(task -> said(task) < 0)) {
            return -1;
        }
        Map<List<Integer>, Integer> stepOfForward = new HashMap<>();
        for (FoundTask task : pipeline.tasks()) {
            if (task.action().phase() != Phase.B && task.action().phase() != Phase.W) {
                stepOfForward.put(key(task), said(task));
            }
        }
        int compared = 0;
        int same = 0;
        for (FoundTask task : pipeline.tasks()) {
            Integer forward = task.action().phase() == Phase.B ? stepOfForward.get(key(task)) : null;
            compared += forward == null ? 0 : 1;
            same += forward != null && forward == said(task) ? 1 : 0;
        }
        return compared == 0 ? 1 : (double) same / compared;
    }

    private static List<Integer> key(FoundTask task) {
        return List.of(task.action().chunk(), task.action().microBatch());
    }
}
