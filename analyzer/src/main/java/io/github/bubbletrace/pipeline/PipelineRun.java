package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.fleet.Device;
import java.util.List;

/**
 * One replica of a pipeline over all iterations.
 *
 * @param replica its number
 * @param places how many devices one chain has
 * @param chunks how many chunks the pipeline has
 * @param chunksPerDevice most chunks on one device
 * @param lanes tensor-parallel lanes: chains side by side
 * @param devices its devices, by place and then lane
 * @param placeOf place of each of {@code devices} in its chain
 * @param laneOf lane of each of {@code devices}
 * @param missingChunks chunks that no device in the trace runs
 * @param forwardOnly whether no task is a backward
 * @param pointToPoint point-to-point operations on its devices
 * @param structure how it was found where no range names its tasks; empty where ranges do
 * @param windows the iterations in time order
 */
public record PipelineRun(
        int replica,
        int places,
        int chunks,
        int chunksPerDevice,
        int lanes,
        List<Device> devices,
        List<Integer> placeOf,
        List<Integer> laneOf,
        List<Integer> missingChunks,
        boolean forwardOnly,
        PointToPoint pointToPoint,
        List<StructureStep> structure,
        List<Window> windows) {

    /** Whether gaps can be explained: every chunk between first and last is there, on more than one device. */
    public boolean isWhole() {
        return missingChunks.isEmpty() && places > 1;
    }

    /** The iterations' common number of micro-batches, or null. */
    public Integer microBatches() {
        List<Integer> counts =
                windows.stream().map(Window::microBatches).distinct().toList();
        return counts.size() == 1 ? counts.get(0) : null;
    }
}
