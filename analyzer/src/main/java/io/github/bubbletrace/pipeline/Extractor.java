package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns the events of one file into its tasks, transfers and device activity. */
public final class Extractor {

    private static final Pattern OPTIMIZER =
            Pattern.compile("(?i).*(adam|lamb|sgd|adagrad|rmsprop|multi_tensor_apply|optimizer).*");

    private final Trace trace;
    private final LabelledRanges labelled;
    private final LaneIndex lanes = new LaneIndex();

    private Extractor(Trace trace, LabelParser parser) {
        this.trace = trace;
        labelled = new LabelledRanges(trace, parser);
    }

    /** Extracts {@code trace}; {@code parser} reads the range names. */
    public static Extract extract(Trace trace, LabelParser parser) {
        Extractor extractor = new Extractor(trace, parser);
        return trace.hasGpuActivity() ? extractor.fromGpu() : extractor.fromRanges();
    }

    private Extract fromGpu() {
        KernelTable kernels = trace.kernels();
        int[] lane = lanes.ofKernels(kernels);
        List<Activity> activity = ActivityExtractor.of(trace, lane, lanes);
        Launches launches = Launches.of(trace, kernels.size(), kernels::process, kernels::correlation);
        TaskRanges ranges = new TaskRanges(trace, labelled);
        int[] rangeOfKernel = ranges.join(launches, lane);
        TaskTable tasks = new TaskExtractor(labelled, new StepMarks(trace, labelled), ranges.rows())
                .fromKernels(kernels, rangeOfKernel, lane, activity.size());
        TransferOps transfers = new TransferExtractor(trace, labelled, lanes).fromGpu(launches, lane);
        trace.log().count(Oddity.KERNELS_WITHOUT_API_CALL, launches.unknown());
        trace.log().count(Oddity.AMBIGUOUS_LAUNCHES, ranges.ambiguous());
        return new Extract(
                trace.source(),
                trace.processes(),
                lanes.lanes(),
                activity,
                tasks,
                transfers,
                optimizer(rangeOfKernel, lane, activity.size()),
                counts(launches.unknown(), activity),
                trace.log());
    }

    private Extract fromRanges() {
        TaskRanges ranges = new TaskRanges(trace, labelled);
        TaskTable tasks = new TaskExtractor(labelled, new StepMarks(trace, labelled), ranges.rows())
                .fromRanges(trace, ranges.rows(), lanes);
        TransferOps transfers = new TransferExtractor(trace, labelled, lanes).fromRanges();
        List<Activity> activity = activityOfTasks(tasks, lanes.lanes().size());
        return new Extract(
                trace.source(),
                trace.processes(),
                lanes.lanes(),
                activity,
                tasks,
                transfers,
                activity.stream().map(a -> IntervalSet.EMPTY).toList(),
                counts(0, activity),
                trace.log());
    }

    private static List<Activity> activityOfTasks(TaskTable tasks, int lanes) {
        List<Activity> activity = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            LongColumn starts = new LongColumn();
            LongColumn ends = new LongColumn();
            for (int task = 0; task < tasks.size(); task++) {
                if (tasks.lane(task) == lane) {
                    starts.add(tasks.startNs(task));
                    ends.add(tasks.endNs(task));
                }
            }
            activity.add(new Activity(
                    IntervalSet.union(starts, ends), IntervalSet.EMPTY, IntervalSet.EMPTY, IntervalSet.EMPTY));
        }
        return activity;
    }

    /** Optimizer kernels mark the end of an iteration where no range does. */
    private List<IntervalSet> optimizer(int[] rangeOfKernel, int[] lane, int laneCount) {
        List<IntervalSet.Builder> builders = new ArrayList<>();
        for (int i = 0; i < laneCount; i++) {
            builders.add(new IntervalSet.Builder());
        }
        KernelTable kernels = trace.kernels();
        boolean[] isOptimizer = optimizerNames();
        for (int k = 0; k < kernels.size(); k++) {
            if (rangeOfKernel[k] < 0 && isOptimizer[kernels.name(k)]) {
                builders.get(lane[k]).add(kernels.startNs(k), kernels.endNs(k));
            }
        }
        return builders.stream().map(IntervalSet.Builder::build).toList();
    }

    /** By number in the string pool, for the names of compute kernels alone. */
    private boolean[] optimizerNames() {
        KernelTable kernels = trace.kernels();
        boolean[] isOptimizer = new boolean[trace.strings().size()];
        boolean[] known = new boolean[isOptimizer.length];
        for (int k = 0; k < kernels.size(); k++) {
            int name = kernels.name(k);
            if (!known[name]) {
                known[name] = true;
                isOptimizer[name] = kernels.kind(k) == KernelKind.COMPUTE
                        && OPTIMIZER.matcher(trace.strings().get(name)).matches();
            }
        }
        return isOptimizer;
    }

    private Extract.Counts counts(long unmatched, List<Activity> activity) {
        long[] kinds = new long[KernelKind.values().length];
        for (int k = 0; k < trace.kernels().size(); k++) {
            kinds[trace.kernels().kind(k).ordinal()]++;
        }
        return new Extract.Counts(
                trace.kernels().size(),
                trace.memoryCopies(),
                kinds[KernelKind.P2P.ordinal()],
                kinds[KernelKind.COLLECTIVE.ordinal()],
                trace.ranges().size(),
                trace.calls().size(),
                unmatched,
                labelled.rows(label -> label.role() == Label.Role.TASK).length,
                firstNs(),
                activity.stream().mapToLong(Extractor::lastNs).max().orElse(0));
    }

    private long firstNs() {
        long first = Math.min(trace.kernels().firstNs(), trace.calls().firstNs());
        first = trace.copies().size() > 0 ? Math.min(first, trace.copies().startNs(0)) : first;
        first = trace.ranges().size() > 0 ? Math.min(first, trace.ranges().startNs(0)) : first;
        return first == Long.MAX_VALUE ? 0 : first;
    }

    private static long lastNs(Activity activity) {
        long last = 0;
        for (IntervalSet set : List.of(activity.compute(), activity.collective(), activity.p2p())) {
            last = set.size() == 0 ? last : Math.max(last, set.endNs(set.size() - 1));
        }
        return last;
    }
}
