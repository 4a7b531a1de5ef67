package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kernels in a row by the phases that their names are of: as few names as can be are out of place, and a phase begins only
 * with a kernel with which tasks of it begin elsewhere.
 */
final class PhaseRuns {

    private static final Phase[] PHASES = {Phase.F, Phase.B, Phase.W};

    /** What one more change of phase must save. */
    private static final double CHANGE = 1;

    /** Tasks of one phase, from one kernel up to another. */
    record Run(Phase phase, int from, int to) {}

    private PhaseRuns() {}

    /** @throws NoPipelineException where no phase may begin with the first kernel, or a kernel before a change is unknown */
    static List<Run> of(int[] names, KnownTasks phases) throws NoPipelineException {
        double[] cost = new double[PHASES.length];
        int[][] from = new int[names.length][PHASES.length];
        for (int k = 0; k < names.length; k++) {
            double[] next = new double[PHASES.length];
            for (int p = 0; p < PHASES.length; p++) {
                boolean begins = phases.begins(names[k], PHASES[p]);
                int best = k == 0 ? (begins ? p : -1) : p;
                for (int q = 0; k > 0 && begins && q < PHASES.length; q++) {
                    best = cost[q] + CHANGE < cost[best] ? q : best;
                }
                from[k][p] = best;
                double before = k == 0 ? 0 : cost[Math.max(0, best)] + (best == p ? 0 : CHANGE);
                next[p] = best < 0 ? Double.MAX_VALUE / names.length : before + phases.surprise(names[k], PHASES[p]);
            }
            cost = next;
        }
        return runs(names, phases, cost, from);
    }

    private static List<Run> runs(int[] names, KnownTasks phases, double[] cost, int[][] from)
            throws NoPipelineException {
        int[] path = new int[names.length];
        int at = 0;
        for (int p = 1; p < PHASES.length; p++) {
            at = cost[p] < cost[at] ? p : at;
        }
        for (int k = names.length - 1; k >= 0; k--) {
            path[k] = at;
            if (from[k][at] < 0) {
                throw new NoPipelineException("tasks begin with kernels with which none begins between the ends");
            }
            at = from[k][at];
        }
        List<Run> runs = new ArrayList<>();
        int end = names.length;
        for (int k = names.length - 1; k >= 0; k--) {
            if (k == 0 || path[k] != path[k - 1]) {
                runs.add(0, new Run(PHASES[path[k]], k, end));
                end = k;
            }
        }
        for (Run run : runs) {
            boolean isKnown = run.from() == 0
                    || Arrays.stream(PHASES).anyMatch(phase -> phases.isNamed(names[run.from() - 1], phase));
            if (!isKnown) {
                throw new NoPipelineException(
                        "kernels that show nowhere between the ends stand where one phase ends and"
                                + " another begins");
            }
        }
        return runs;
    }
}
