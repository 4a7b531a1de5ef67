package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * One replica of the pipeline.
 *
 * @param replica number of the data-parallel replica
 * @param stages how many places (devices in a row) the pipeline has
 * @param chunksPerDevice model chunks on each device, the largest number where they differ
 * @param tensorParallel devices that share a stage
 * @param microBatches micro-batches per iteration, or null where iterations differ
 * @param inFlight batches in flight of a decode loop, else null
 * @param schedule which schedule the order of tasks is
 * @param structure how it was found where no range names its tasks, step by step; empty where ranges do
 * @param iterations the windows, in time order
 * @param stageTimes busy time per stage
 * @param transfers what its stages send each other, a pair each
 * @param totals sums over the iterations that are not skipped
 */
public record PipelineAnalysis(
        int replica,
        int stages,
        int chunksPerDevice,
        int tensorParallel,
        Integer microBatches,
        Integer inFlight,
        ScheduleVerdict schedule,
        List<StructureStep> structure,
        List<IterationAnalysis> iterations,
        List<StageTime> stageTimes,
        List<PairTransfers> transfers,
        Totals totals) {

    /** The same with other totals. */
    public PipelineAnalysis withTotals(Totals newTotals) {
        return new PipelineAnalysis(
                replica,
                stages,
                chunksPerDevice,
                tensorParallel,
                microBatches,
                inFlight,
                schedule,
                structure,
                iterations,
                stageTimes,
                transfers,
                newTotals);
    }
}
