package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.Oddity;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells tasks by the user's layout what their labels do not: replica, lane and place. Where a label says it, it holds. */
public final class LaidOutTasks {

    private static final int NAMED_RANKS = 16;

    private final Fleet fleet;
    private final Layout layout;

    private LaidOutTasks(Fleet fleet, Layout layout) {
        this.fleet = fleet;
        this.layout = layout;
    }

    /**
     * {@code tasks} with whole labels; the same tasks where {@code layout} is null.
     *
     * @throws UnusableInputException where a rank of the traces is not in the layout
     */
    public static List<Task> of(List<Task> tasks, Fleet fleet, Layout layout) {
        if (layout == null) {
            return tasks;
        }
        LaidOutTasks laidOut = new LaidOutTasks(fleet, layout);
        laidOut.compareRanks();
        LayoutConflicts.of(tasks, fleet, layout).count(fleet.log());
        return tasks.stream().map(laidOut::complete).toList();
    }

    private void compareRanks() {
        TreeSet<Integer> ranks =
                fleet.devices().stream().map(Device::rank).collect(Collectors.toCollection(TreeSet::new));
        if (!ranks.isEmpty() && ranks.last() >= layout.ranks()) {
            throw new UnusableInputException(
                    "--layout " + layout,
                    "rank " + ranks.last() + " is in the traces, and the layout ends with rank " + (layout.ranks() - 1),
                    "give sizes whose product is the number of ranks");
        }
        List<Integer> missing = IntStream.range(0, layout.ranks())
                .filter(rank -> !ranks.contains(rank))
                .boxed()
                .toList();
        fleet.log().count(Oddity.LAYOUT_RANKS_MISSING, missing.size(), names(missing));
    }

    private static String names(List<Integer> ranks) {
        String named = ranks.stream().limit(NAMED_RANKS).map(String::valueOf).collect(Collectors.joining(", "));
        return "rank " + named + (ranks.size() > NAMED_RANKS ? " and more" : "");
    }

    private Task complete(Task task) {
        int rank = rank(task);
        Label label = task.label();
        Label whole = label.at(
                label.place() < 0 ? layout.of(rank, Dimension.PP) : label.place(),
                label.replica() < 0 ? layout.of(rank, Dimension.DP) : label.replica(),
                label.lane() < 0 ? layout.of(rank, Dimension.TP) : label.lane());
        return new Task(task.device(), whole, task.iteration(), task.startNs(), task.endNs(), task.layers());
    }

    private int rank(Task task) {
        return fleet.devices().get(task.device()).rank();
    }
}
