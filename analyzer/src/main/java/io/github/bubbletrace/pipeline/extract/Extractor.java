package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.Later;
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
    private final LaneIndex lanes;

    private Extractor(Trace trace, LabelledRanges labelled, LaneIndex lanes) {
        this.trace = trace;
        this.labelled = labelled;
        this.lanes = lanes;
    }

    /** Extracts {@code trace}; {@code parser} reads the range names. */
    public static Extract extract(Trace trace, LabelParser parser) {
        if (!trace.hasGpuActivity()) {
            return new Extractor(trace, new LabelledRanges(trace, parser), new LaneIndex()).fromRanges();
        }
        Later<LabelledRanges> labelled = new Later<>();
        Later<GpuWork> work = new Later<>();
        Cores.all(() -> labelled.set(new LabelledRanges(trace, parser)), () -> work.set(GpuWork.of(trace)));
        return new Extractor(trace, labelled.get(), work.get().lanes()).fromGpu(work.get());
    }

    private Extract fromGpu(GpuWork work) {
        Launches launches = work.launches();
        Later<TransferOps> moved = new Later<>();
        Later<List<Activity>> activity = new Later<>();
        Later<KernelSums> sums = new Later<>();
        TaskRanges ranges = new TaskRanges(trace, labelled);
        Later<int[]> rangeOfKernel = new Later<>();
        Later<TaskTable> tasks = new Later<>();
        int[] lane = work.lane();
        int laneCount = lanes.lanes().size();
        Cores.all(
                () -> {
                    rangeOfKernel.set(ranges.join(launches, lane));
                    TaskExtractor made = new TaskExtractor(labelled, new StepMarks(trace, labelled), ranges.rows());
                    tasks.set(made.fromKernels(trace.kernels(), rangeOfKernel.get(), lane, laneCount));
                    new LayerRanges(trace, labelled, launches)
                            .sum(tasks.get(), made, rangeOfKernel.get(), lane, laneCount);
                },
                () -> activity.set(ActivityExtractor.of(trace, work)),
                () -> sums.set(KernelSums.of(trace, lane)),
                () -> moved.set(new TransferExtractor(trace, labelled, lanes).fromGpu(work)));
        boolean[] isOptimizer = optimizerNames();
        TransferOps transfers = moved.get();
        trace.log().count(Oddity.KERNELS_WITHOUT_API_CALL, launches.unknown());
        trace.log().count(Oddity.AMBIGUOUS_LAUNCHES, ranges.ambiguous());
        return new Extract(
                trace.source(),
                trace.processes(),
                lanes.lanes(),
                activity.get(),
                tasks.get(),
                transfers,
                stops(),
                optimizer(isOptimizer, rangeOfKernel.get(), lane, laneCount),
                HeldMemory.of(trace, lanes),
                tasks.get().size() > 0 || transfers.size() == 0
                        ? List.of()
                        : UnlabelledKernels.of(trace, launches, lane, laneCount, isOptimizer),
                StepSpans.of(trace, labelled),
                KeptKernels.of(trace, work),
                sums.get(),
                counts(launches.unknown(), activity.get()),
                trace.log());
    }

    private Extract fromRanges() {
        TaskRanges ranges = new TaskRanges(trace, labelled);
        TaskTable tasks = new TaskExtractor(labelled, new StepMarks(trace, labelled), ranges.rows())
                .fromRanges(trace, ranges.rows(), lanes);
        TransferOps transfers = new TransferExtractor(trace, labelled, lanes).fromRanges();
        List<HostStops> stops = stops();
        List<Activity> activity = activityOfTasks(tasks, stops);
        return new Extract(
                trace.source(),
                trace.processes(),
                lanes.lanes(),
                activity,
                tasks,
                transfers,
                stops,
                activity.stream().map(a -> IntervalSet.EMPTY).toList(),
                HeldMemory.of(trace, lanes),
                List.of(),
                StepSpans.NONE,
                KeptKernels.NONE,
                KernelSums.NONE,
                counts(0, activity),
                trace.log());
    }

    private List<HostStops> stops() {
        return lanes.lanes().stream()
                .map(lane -> HostStops.of(trace, lane.process()))
                .toList();
    }

    /** A device without a GPU is busy inside a task, but not while its threads stand still or wait for another's work. */
    private static List<Activity> activityOfTasks(TaskTable tasks, List<HostStops> stops) {
        List<Activity> activity = new ArrayList<>();
        for (int lane = 0; lane < stops.size(); lane++) {
            LongColumn starts = new LongColumn();
            LongColumn ends = new LongColumn();
            for (int task = 0; task < tasks.size(); task++) {
                if (tasks.lane(task) == lane) {
                    starts.add(tasks.startNs(task));
                    ends.add(tasks.endNs(task));
                }
            }
            IntervalSet hulls = IntervalSet.union(starts, ends);
            IntervalSet waiting = hulls.intersect(stops.get(lane).waiting());
            activity.add(new Activity(
                    hulls.minus(waiting).minus(stops.get(lane).paused()),
                    IntervalSet.EMPTY,
                    waiting,
                    IntervalSet.EMPTY));
        }
        return activity;
    }

    /** Optimizer kernels mark the end of an iteration where no range does. */
    private List<IntervalSet> optimizer(boolean[] isOptimizer, int[] rangeOfKernel, int[] lane, int laneCount) {
        List<IntervalSet.Builder> builders = new ArrayList<>();
        for (int i = 0; i < laneCount; i++) {
            builders.add(new IntervalSet.Builder());
        }
        KernelTable kernels = trace.kernels();
        int candidates = isAny(isOptimizer) ? kernels.size() : 0;
        for (int k = 0; k < candidates; k++) {
            if (rangeOfKernel[k] < 0 && isOptimizer[kernels.name(k)]) {
                builders.get(lane[k]).add(kernels.startNs(k), kernels.endNs(k));
            }
        }
        return builders.stream().map(IntervalSet.Builder::build).toList();
    }

    private static boolean isAny(boolean[] flags) {
        boolean any = false;
        for (boolean flag : flags) {
            any |= flag;
        }
        return any;
    }

    /** By number in the string pool, for the names of compute kernels alone. */
    private boolean[] optimizerNames() {
        boolean[] isOptimizer = new boolean[trace.strings().size()];
        for (int name = 0; name < isOptimizer.length; name++) {
            isOptimizer[name] = trace.kernels().kindOfName(name) == KernelKind.COMPUTE
                    && OPTIMIZER.matcher(trace.strings().get(name)).matches();
        }
        return isOptimizer;
    }

    private Extract.Counts counts(long unmatched, List<Activity> activity) {
        return new Extract.Counts(
                trace.kernels().size(),
                trace.memoryCopies(),
                trace.kernels().count(KernelKind.P2P),
                trace.kernels().count(KernelKind.COLLECTIVE),
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
