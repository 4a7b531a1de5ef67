package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ActionList;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The order that one iteration was recorded in, as an action list: a line for each stage, that of its first lane;
 * micro-batches numbered from 0. A forward and a backward of a stage that ran side by side for most of the shorter one are a
 * pair.
 */
public final class RecordedActions {

    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final TreeMap<Integer, TaskSpans> stages = new TreeMap<>();
    private final Set<Action> joined = new HashSet<>();

    private RecordedActions(IterationAnalysis iteration) {
        TreeSet<Integer> microBatches = new TreeSet<>();
        for (DeviceAnalysis device : iteration.devices()) {
            TaskSpans tasks = device.tasks();
            stages.putIfAbsent(device.stage(), tasks);
            IntStream.range(0, tasks.size()).map(tasks::microBatch).forEach(microBatches::add);
        }
        microBatches.forEach(microBatch -> numbers.put(microBatch, numbers.size()));
    }

    /** The lines of the iteration of median length; none where no iteration counts. */
    public static List<String> lines(PipelineAnalysis pipeline) {
        IterationAnalysis median = Windows.median(pipeline);
        return median == null ? List.of() : lines(median);
    }

    private static List<String> lines(IterationAnalysis iteration) {
        RecordedActions actions = new RecordedActions(iteration);
        List<List<Action>> orders =
                actions.stages.values().stream().map(actions::order).toList();
        return ActionList.write(orders, actions.joined);
    }

    /** How many iterations of {@code pipeline} ran in another order than {@code lines}. */
    public static long others(PipelineAnalysis pipeline, List<String> lines) {
        return Windows.counted(pipeline).stream()
                .filter(iteration -> !lines(iteration).equals(lines))
                .count();
    }

    private List<Action> order(TaskSpans tasks) {
        List<Integer> byStart = IntStream.range(0, tasks.size())
                .boxed()
                .sorted(Comparator.comparingLong(tasks::startNs))
                .toList();
        List<Action> order = new ArrayList<>();
        for (int i = 0; i < byStart.size(); i++) {
            int task = byStart.get(i);
            int next = i + 1 < byStart.size() ? byStart.get(i + 1) : -1;
            if (next >= 0 && isPair(tasks, task, next)) {
                boolean forwardFirst = tasks.phase(task).isForward();
                order.add(action(tasks, forwardFirst ? task : next));
                Action backward = action(tasks, forwardFirst ? next : task);
                order.add(backward);
                joined.add(backward);
                i++;
            } else {
                order.add(action(tasks, task));
            }
        }
        return order;
    }

    private static boolean isPair(TaskSpans tasks, int one, int other) {
        Phase first = tasks.phase(one);
        Phase second = tasks.phase(other);
        boolean bothWays = (first.isForward() && second == Phase.B) || (first == Phase.B && second.isForward());
        long shorter = Math.min(tasks.endNs(one) - tasks.startNs(one), tasks.endNs(other) - tasks.startNs(other));
        long together = Math.min(tasks.endNs(one), tasks.endNs(other)) - tasks.startNs(other);
        return bothWays && 2 * together > shorter;
    }

    private Action action(TaskSpans tasks, int task) {
        return new Action(tasks.phase(task), tasks.chunk(task), numbers.get(tasks.microBatch(task)));
    }
}
