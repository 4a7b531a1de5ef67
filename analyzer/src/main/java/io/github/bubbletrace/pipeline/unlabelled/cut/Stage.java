package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One stage of a chain: its tasks and what they receive. The k-th receive is met by the k-th task, but for tasks whose
 * receive is older than the trace.
 */
public final class Stage {

    private static final double MOST_VIOLATIONS = 0.02;
    private static final int MOST_OLDER = 64;

    private final DeviceWork work;
    private final Operations operations;
    private final int[] forwardReceives;
    private final int[] backwardReceives;
    private final Cut cut;
    private final long toleranceNs;

    /**
     * A stage.
     *
     * @param work its kernels
     * @param operations sends and receives of all devices
     * @param forwardReceives rows of what its forwards receive, by start
     * @param backwardReceives the same of its backwards
     * @param cut its tasks
     * @param toleranceNs how far the clocks of two devices may be apart
     */
    public Stage(
            DeviceWork work,
            Operations operations,
            int[] forwardReceives,
            int[] backwardReceives,
            Cut cut,
            long toleranceNs) {
        this.work = work;
        this.operations = operations;
        this.forwardReceives = forwardReceives;
        this.backwardReceives = backwardReceives;
        this.cut = cut;
        this.toleranceNs = toleranceNs;
    }

    /** Its forwards, or its backwards. */
    public Tasks tasks(boolean forward) {
        return forward ? cut.forward() : cut.backward();
    }

    /** Its kernels. */
    public DeviceWork work() {
        return work;
    }

    /** What its kernels were cut into. */
    public Cut cut() {
        return cut;
    }

    long weightStartNs(int task) {
        return work.firstNs(cut.weight().first(task), cut.weight().end(task));
    }

    /** Whether nearly all tasks of a phase run one programme. */
    public boolean isAlike() {
        return (cut.forward().size() == 0 || cut.forward().likeness(work) >= Weights.ALIKE)
                && (cut.backward().size() == 0 || cut.backward().likeness(work) >= Weights.ALIKE);
    }

    /** How many kernels it has. */
    public int kernels() {
        return work.size();
    }

    /** Start of a task, in nanoseconds. */
    public long startNs(boolean forward, int task) {
        return work.firstNs(tasks(forward).first(task), tasks(forward).end(task));
    }

    /** End of a task, in nanoseconds. */
    public long endNs(boolean forward, int task) {
        return work.lastNs(tasks(forward).first(task), tasks(forward).end(task));
    }

    /** A task of one device as part of a pipeline. */
    public FoundTask found(int device, Action action, int task, int receive) {
        Tasks tasks = cut.tasks(action.phase());
        int first = tasks.first(task);
        return new FoundTask(
                device,
                action,
                work.firstNs(first, tasks.end(task)),
                work.lastNs(first, tasks.end(task)),
                work.lane().isIssued() ? work.lane().issuedNs(first) : LaneWork.UNKNOWN,
                tasks.send(task),
                receive);
    }

    /** Receives of one direction, by their ends. */
    public int[] receives(boolean forward) {
        return forward ? forwardReceives : backwardReceives;
    }

    /** Whether its first task of a direction begins before anything of that direction has come. */
    public boolean beginsByItself(boolean forward) {
        int[] receives = receives(forward);
        return tasks(forward).size() > 0
                && (receives.length == 0 || startNs(forward, 0) + toleranceNs < operations.endNs(receives[0]));
    }

    /**
     * How many of the {@code chosen} tasks' first ones received before the trace began: as few as lets nearly every task
     * begin after its receive ended.
     */
    public int older(boolean forward, int[] chosen) throws NoPipelineException {
        int[] receives = receives(forward);
        for (int older = 0; older <= MOST_OLDER && older <= chosen.length; older++) {
            if (violations(forward, chosen, older) <= MOST_VIOLATIONS * Math.min(receives.length, chosen.length)) {
                return older;
            }
        }
        throw new NoPipelineException("tasks begin before what they need was received");
    }

    /**
     * Which backward each weight gradient is of, below 0 where that is older than the trace: as few of those as leaves none
     * without a backward and lets each follow its own.
     */
    public int[] weighed() throws NoPipelineException {
        int weights = cut.weight().size();
        List<Integer> said = cut.weightOf();
        for (int older = 0; older <= MOST_OLDER && older <= weights; older++) {
            int first = -older;
            int[] of = IntStream.range(0, weights)
                    .map(w -> said.isEmpty() ? first + w : said.get(w))
                    .toArray();
            boolean all = IntStream.of(of)
                    .allMatch(backward -> backward < cut.backward().size());
            if (all && earlyWeights(of) <= MOST_VIOLATIONS * weights) {
                return of;
            }
        }
        throw new NoPipelineException("weight gradients run before their backwards");
    }

    private long earlyWeights(int[] of) {
        return IntStream.range(0, of.length)
                .filter(w -> of[w] >= 0 && weightStartNs(w) + toleranceNs < endNs(false, of[w]))
                .count();
    }

    /** How many tasks begin before their receive has ended. */
    int violations(boolean forward, int[] chosen, int older) {
        int[] receives = receives(forward);
        int wrong = 0;
        for (int k = 0; k < receives.length && k + older < chosen.length; k++) {
            wrong += startNs(forward, chosen[k + older]) + toleranceNs < operations.endNs(receives[k]) ? 1 : 0;
        }
        return wrong;
    }

    /** Adds the recomputations, each of the micro-batch that its backward has by its number on this stage. */
    public void addRecomputed(List<FoundTask> tasks, int device, int chunk) {
        List<Integer> of = cut.recomputed().of();
        for (int t = 0; t < of.size(); t++) {
            tasks.add(found(device, new Action(Phase.R, chunk, of.get(t)), t, Operations.NONE));
        }
    }
}
