package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;

/** Cuts the kernels of one device into tasks. */
public final class TaskCutter {

    private static final String UNEQUAL = "the kernels between transfers do not fall into tasks of equal programmes";

    /** In more than this share of the backwards kernels of no programme are no accident. */
    private static final double MOST_LEFT = 0.1;

    private final DeviceWork work;
    private final SendGroups groups;
    private final int silentTasks;
    private final Phase silentPhase;
    private final Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
    private int unexplained;

    /**
     * Prepares the cut.
     *
     * @param silentTasks how many tasks send nothing
     * @param silentPhase what those are: forwards on the last stage, backwards on the first, or weight gradients
     */
    public TaskCutter(DeviceWork work, SendGroups groups, int silentTasks, Phase silentPhase) {
        this.work = work;
        this.groups = groups;
        this.silentTasks = silentTasks;
        this.silentPhase = silentPhase;
    }

    /** Whether silent tasks show by their kernels alone. */
    boolean isSeparable() {
        return silentTasks == 0 || KernelCounts.of(groups, silentTasks) != null;
    }

    /** Whether tasks that send nothing show by their kernels alone and have as many as those of their phase that send. */
    boolean isEven() {
        KernelCounts counts = KernelCounts.of(groups, silentTasks);
        return counts != null
                && (silentTasks == 0
                        || counts.silent() == (silentPhase == Phase.F ? counts.forward() : counts.backward()));
    }

    /** How many groups hold kernels of no task where tasks of a phase all have as many. */
    int leavesOver() {
        KernelCounts counts = KernelCounts.of(groups, silentTasks);
        int over = 0;
        for (int g = 0; counts != null && g < groups.size(); g++) {
            int rest = groups.length(g) - counts.sending(groups, g) - counts.silentTasks(groups, g) * counts.silent();
            over += rest != 0 ? 1 : 0;
        }
        return over;
    }

    /** The tasks by the numbers of their kernels. */
    public Cut byCounts() throws NoPipelineException {
        KernelCounts counts = KernelCounts.of(groups, silentTasks);
        if (counts == null) {
            throw new NoPipelineException(UNEQUAL);
        }
        int backwards = 0;
        int odd = 0;
        for (int g = 0; g <= groups.size(); g++) {
            int left = addGroup(g, counts);
            boolean backward = g < groups.size() && !groups.isForward(g);
            backwards += backward ? 1 : 0;
            odd += backward && 2 * left > counts.backward() ? 1 : 0;
        }
        if (odd > 1 && odd > MOST_LEFT * backwards) {
            throw new NoPipelineException(UNEQUAL);
        }
        return cut();
    }

    /** Adds a group's tasks; how many of its kernels are in none. */
    private int addGroup(int g, KernelCounts counts) throws NoPipelineException {
        int x = counts.silentTasks(groups, g);
        int sending = Math.min(counts.sending(groups, g), groups.length(g));
        int left = groups.length(g) - sending - x * counts.silent();
        unexplained += left;
        int from = left > 0 && g > 0 ? groups.start(g) : groups.start(g) + left;
        for (int i = 0; i < x; i++) {
            silent(from + i * counts.silent(), from + (i + 1) * counts.silent());
        }
        if (g < groups.size()) {
            sending(g, groups.end(g) - sending);
        }
        return left;
    }

    /**
     * The tasks of a device that sends nothing: each has as many kernels, or else begins with the first kernel after its
     * receive.
     */
    Cut byReceives(long[] receivedNs) throws NoPipelineException {
        int n = receivedNs.length;
        int[] starts = new int[n + 1];
        starts[n] = work.size();
        boolean equal = n > 0 && work.size() % n == 0;
        for (int k = 0; k < n; k++) {
            starts[k] = equal ? k * (work.size() / n) : firstFrom(receivedNs[k]);
        }
        for (int k = 0; k < n; k++) {
            if (starts[k] >= starts[k + 1]) {
                throw new NoPipelineException("the last stage's kernels do not fall into one task a receive");
            }
            silent(starts[k], starts[k + 1]);
        }
        unexplained += n == 0 ? work.size() : starts[0];
        return cut();
    }

    private int firstFrom(long timeNs) {
        int low = 0;
        int high = work.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (work.startNs(middle) < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void silent(int first, int last) {
        cut.tasks(silentPhase).add(first, last, Operations.NONE);
    }

    private void sending(int group, int first) throws NoPipelineException {
        if (first >= groups.end(group)) {
            throw new NoPipelineException("something is sent with nothing computed before it");
        }
        cut.tasks(groups.isForward(group) ? Phase.F : Phase.B).add(first, groups.end(group), groups.send(group));
    }

    private Cut cut() {
        return new Cut(cut.forward(), cut.backward(), cut.weight(), unexplained, false);
    }
}
