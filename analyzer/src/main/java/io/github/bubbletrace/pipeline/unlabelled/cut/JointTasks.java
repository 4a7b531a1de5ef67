package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pairs of tasks that always run one right after the other, cut apart after the same number of kernels: where names of
 * kernels leave a choice, where receives are posted between the two, else where the programmes of other stages say, else
 * by the share of time that the first has there. Immutable.
 */
final class JointTasks {

    /** So many pairs tell a median share well enough. */
    private static final int SAMPLE = 64;

    /** So many times further from the share elsewhere must the second nearest place be than the nearest. */
    private static final double CLEARLY = 3;

    private final DeviceWork work;
    private final Tasks joint;
    private final Phase one;
    private final Phase other;
    private final Tasks first = new Tasks();
    private final Tasks second = new Tasks();
    private final int usual;
    private final boolean byShare;

    /**
     * Cuts {@code joint}.
     *
     * @param one what the earlier one of each pair is
     * @param other what the later one is
     * @param known tasks of other stages
     * @param posted how many kernels had been launched when each receive was
     */
    JointTasks(DeviceWork work, Tasks joint, Phase one, Phase other, KnownTasks known, int[] posted)
            throws NoPipelineException {
        this.work = work;
        this.joint = joint;
        this.one = one;
        this.other = other;
        usual = joint.usualLength();
        if (usual < 2) {
            throw new NoPipelineException("two tasks that always follow each other cannot be told apart");
        }
        boolean[] likely = known.likelySplits(names(), one, other);
        int split = splitByPosts(posted, likely);
        int elsewhere = known.kernels(one);
        if (split < 0 && elsewhere < usual && likely[elsewhere] && elsewhere + known.kernels(other) == usual) {
            split = elsewhere;
        }
        if (split < 0) {
            split = known.beginning(names(), 1, one, other);
        }
        int likelySplits =
                (int) IntStream.range(1, usual).filter(s -> likely[s]).count();
        byShare = split < 0 && likelySplits > 1;
        split(split < 0 ? splitByShare(known.share(one, other), likely) : split);
    }

    /** The tasks of a phase, if it is one of the two; the later ones send what the pair sends. */
    Optional<Tasks> tasks(Phase phase) {
        return phase == one ? Optional.of(first) : phase == other ? Optional.of(second) : Optional.empty();
    }

    /** Whether only shares of time said where to cut. */
    boolean isByShare() {
        return byShare;
    }

    private void split(int at) {
        for (int t = 0; t < joint.size(); t++) {
            int start = joint.first(t);
            int end = joint.end(t);
            int middle = Math.max(start + 1, end - (usual - at));
            if (middle < end) {
                first.add(start, middle, Operations.NONE);
            }
            second.add(middle < end ? middle : start, end, joint.send(t));
        }
    }

    /** The names of a usual pair's kernels. */
    private int[] names() {
        int[] usualOnes = usualOnes();
        int from = joint.first(usualOnes[usualOnes.length / 2]);
        return IntStream.range(from, from + usual).map(work::name).toArray();
    }

    private int[] usualOnes() {
        return IntStream.range(0, joint.size())
                .filter(t -> joint.end(t) - joint.first(t) == usual)
                .toArray();
    }

    /** Where receives are posted between the two tasks of most pairs; -1 where they are not. */
    private int splitByPosts(int[] posted, boolean[] likely) {
        int[] votes = new int[usual + 1];
        int[] sorted = Arrays.stream(posted).sorted().toArray();
        int next = 0;
        for (int t : usualOnes()) {
            while (next < sorted.length && sorted[next] <= joint.first(t)) {
                next++;
            }
            if (next < sorted.length && sorted[next] < joint.end(t)) {
                votes[sorted[next] - joint.first(t)]++;
            }
        }
        int best = IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
        return best > 0 && likely[best] && votes[best] * 2 > joint.size() ? best : -1;
    }

    private int splitByShare(double share, boolean[] likely) throws NoPipelineException {
        int[] sample = Arrays.stream(usualOnes()).limit(SAMPLE).toArray();
        double[][] sums = Arrays.stream(sample).mapToObj(this::shares).toArray(double[][]::new);
        int best = -1;
        double nearest = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (int i = 1; i < usual; i++) {
            int at = i;
            double found = Median.of(Arrays.stream(sums).mapToDouble(s -> s[at]));
            double apart = Double.isNaN(share) ? 0 : Math.abs(found - share);
            second = likely[i] ? Math.min(second, Math.max(apart, nearest)) : second;
            if (likely[i] && apart < nearest) {
                nearest = apart;
                best = i;
            }
        }
        if (best < 0 || (byShare && (Double.isNaN(share) || CLEARLY * nearest > second))) {
            throw new NoPipelineException("two tasks that always follow each other cannot be told apart");
        }
        return best;
    }

    /** The share that the first i kernels of a pair have of its time. */
    private double[] shares(int pair) {
        double[] shares = new double[usual + 1];
        for (int i = 0; i < usual; i++) {
            int kernel = joint.first(pair) + i;
            shares[i + 1] = shares[i] + work.endNs(kernel) - work.startNs(kernel);
        }
        double all = Math.max(1, shares[usual]);
        return Arrays.stream(shares).map(s -> s / all).toArray();
    }
}
