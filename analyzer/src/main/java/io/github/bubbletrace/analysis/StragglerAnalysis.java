package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * How much longer a job's step is than one in which nobody straggles. Ideal is a step in which every task takes the mean of
 * its phase over all stages, steps and replicas, every transfer the median, and no host is late. Slowdowns are ratios of
 * mean steps.
 *
 * @param iterations how many iterations were replayed
 * @param withoutHostNs the recorded step without host delay, in nanoseconds
 * @param idealNs the ideal step
 * @param slowdown the first over the second, S
 * @param sizes the same with only the micro-batches' sizes as recorded; null with one micro-batch
 * @param groups one entry a group of tasks and transfers
 * @param stageByReplica {@code added} of every stage (rows) on every replica (columns)
 * @param replicas the replicas' numbers, as the columns go
 */
public record StragglerAnalysis(
        int iterations,
        long withoutHostNs,
        long idealNs,
        double slowdown,
        Double sizes,
        List<Group> groups,
        List<List<Double>> stageByReplica,
        List<Integer> replicas) {

    /**
     * Some tasks and the transfers that they wait for.
     *
     * @param kind {@code stage}, {@code replica}, {@code device}, {@code phase} or {@code transfers}
     * @param name which one
     * @param added the ideal step with only this group as recorded, over the ideal step
     * @param removed the recorded step without host delay with only this group ideal, over that step
     */
    public record Group(String kind, String name, double added, double removed) {}
}
