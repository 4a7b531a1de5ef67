package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cuts the kernels of one device into tasks. */
final class TaskCutter {

    /** So many groups tell a median share well enough. */
    private static final int SAMPLE = 64;

    private final DeviceWork work;
    private final SendGroups groups;
    private final int silentTasks;
    private final boolean silentForward;
    private final Tasks forward = new Tasks();
    private final Tasks backward = new Tasks();
    private int unexplained;
    private boolean byShare;

    /**
     * Prepares the cut.
     *
     * @param silentTasks how many tasks send nothing
     * @param silentForward whether those are forwards, as on the last stage, or backwards, as on the first
     */
    TaskCutter(DeviceWork work, SendGroups groups, int silentTasks, boolean silentForward) {
        this.work = work;
        this.groups = groups;
        this.silentTasks = silentTasks;
        this.silentForward = silentForward;
    }

    /** Whether silent tasks show by their kernels alone. */
    boolean isSeparable() {
        return silentTasks == 0 || groups.size() == 0 || KernelCounts.of(groups, silentTasks) != null;
    }

    /** The tasks by the numbers of their kernels. */
    Cut byCounts() throws NoPipelineException {
        KernelCounts counts = KernelCounts.of(groups, silentTasks);
        if (counts == null) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
        for (int g = 0; g <= groups.size(); g++) {
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
        }
        return cut();
    }

    /**
     * The tasks where each group is a silent task and one with a send, never apart: all are cut after the same number of
     * kernels.
     *
     * @param posted how many kernels had been launched when each receive was
     * @param elsewhere kernels of a task of the silent kind and of one of the other kind on other stages
     * @param share of the silent task in the time of both, as other stages show it
     */
    Cut bySplit(int[] posted, int[] elsewhere, double share) throws NoPipelineException {
        if (silentTasks != groups.size()) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
        int usual = usualLength();
        int split = splitByPosts(posted, usual);
        if (split < 0 && elsewhere[0] > 0 && elsewhere[0] + elsewhere[1] == usual) {
            split = elsewhere[0];
        }
        if (split < 0) {
            split = splitByShare(usual, share);
            byShare = true;
        }
        for (int g = 0; g < groups.size(); g++) {
            int length = Math.min(usual, groups.length(g));
            int start = groups.end(g) - length;
            unexplained += groups.length(g) - length;
            int at = Math.max(start + 1, groups.end(g) - (usual - split));
            if (length >= 2) {
                silent(start, at);
            }
            sending(g, length >= 2 ? at : start);
        }
        unexplained += groups.length(groups.size());
        return cut();
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

    private int usualLength() {
        int[] lengths =
                IntStream.range(0, groups.size()).map(groups::length).sorted().toArray();
        return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    }

    /** Where receives are posted between the two tasks of most groups; -1 where they are not. */
    private int splitByPosts(int[] posted, int usual) {
        int[] votes = new int[usual + 1];
        int[] sorted = Arrays.stream(posted).sorted().toArray();
        int next = 0;
        for (int g = 0; g < groups.size(); g++) {
            if (groups.length(g) != usual) {
                continue;
            }
            while (next < sorted.length && sorted[next] <= groups.start(g)) {
                next++;
            }
            if (next < sorted.length && sorted[next] < groups.end(g)) {
                votes[sorted[next] - groups.start(g)]++;
            }
        }
        int best = IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
        return best > 0 && votes[best] * 2 > groups.size() ? best : -1;
    }

    private int splitByShare(int usual, double share) throws NoPipelineException {
        if (usual < 2 || Double.isNaN(share)) {
            throw new NoPipelineException("the last stage's forward and backward cannot be told apart");
        }
        int[] sample = IntStream.range(0, groups.size())
                .filter(g -> groups.length(g) == usual)
                .limit(SAMPLE)
                .toArray();
        double[][] sums = Arrays.stream(sample).mapToObj(g -> shares(g, usual)).toArray(double[][]::new);
        int best = 1;
        double nearest = Double.MAX_VALUE;
        for (int i = 1; i < usual; i++) {
            int at = i;
            double found = Median.of(Arrays.stream(sums).mapToDouble(s -> s[at]));
            if (Math.abs(found - share) < nearest) {
                nearest = Math.abs(found - share);
                best = i;
            }
        }
        return best;
    }

    /** The share that the first i kernels of a group have of its time. */
    private double[] shares(int group, int usual) {
        double[] shares = new double[usual + 1];
        for (int i = 0; i < usual; i++) {
            int kernel = groups.start(group) + i;
            shares[i + 1] = shares[i] + work.endNs(kernel) - work.startNs(kernel);
        }
        double all = Math.max(1, shares[usual]);
        return Arrays.stream(shares).map(s -> s / all).toArray();
    }

    private void silent(int first, int last) {
        (silentForward ? forward : backward).add(first, last, Operations.NONE);
    }

    private void sending(int group, int first) throws NoPipelineException {
        if (first >= groups.end(group)) {
            throw new NoPipelineException("something is sent with nothing computed before it");
        }
        (groups.isForward(group) ? forward : backward).add(first, groups.end(group), groups.send(group));
    }

    private Cut cut() {
        return new Cut(forward, backward, unexplained, byShare);
    }
}
