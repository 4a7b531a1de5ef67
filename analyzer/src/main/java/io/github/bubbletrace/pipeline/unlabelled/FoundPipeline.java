package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A pipeline that structure shows.
 *
 * @param devices its devices from the first stage to the last
 * @param chunksPerDevice chunks on each
 * @param ways 1, or 2 where half of the micro-batches go each way, each through chunks of its own; those of the second way
 *     come after those of the first
 * @param tasks everything that it ran
 * @param unexplained compute kernels on its devices that are part of no task
 * @param steps how each part of it was found
 */
public record FoundPipeline(
        List<Integer> devices,
        int chunksPerDevice,
        int ways,
        List<FoundTask> tasks,
        int unexplained,
        List<StructureStep> steps) {

    /** The same with what tasks send and receive by other numbers; -1 stays. */
    FoundPipeline of(IntUnaryOperator number) {
        List<FoundTask> same = tasks.stream()
                .map(task -> new FoundTask(
                        task.device(),
                        task.action(),
                        task.startNs(),
                        task.endNs(),
                        task.issuedNs(),
                        task.send() == Operations.NONE ? Operations.NONE : number.applyAsInt(task.send()),
                        task.receive() == Operations.NONE ? Operations.NONE : number.applyAsInt(task.receive())))
                .toList();
        return new FoundPipeline(devices, chunksPerDevice, ways, same, unexplained, steps);
    }
}
