package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoldedCutter;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import io.github.bubbletrace.schedule.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Micro-batches that enter at both ends (DualPipe): every device holds a chunk of each of two copies of the model, one for
 * each way. Tasks are cut as those of a V, whose sends look the same; but nothing is handed over at the far end, where the
 * other way begins. Nothing tells which way is the first: it is the one that enters at the lower rank.
 */
final class BothWays {

    private static final double EITHER_WAY = 0.5;

    private BothWays() {}

    /** Whether both ends of {@code line} compute before anything has come to them. */
    static boolean fits(List<DeviceWork> works, List<Integer> line, Traffic traffic, long toleranceNs) {
        int last = line.size() - 1;
        return beginsByItself(works, line.get(0), line.get(1), traffic, toleranceNs)
                && beginsByItself(works, line.get(last), line.get(last - 1), traffic, toleranceNs);
    }

    private static boolean beginsByItself(
            List<DeviceWork> works, int end, int neighbour, Traffic traffic, long toleranceNs) {
        long cameNs = Arrays.stream(traffic.sends(neighbour, end))
                .map(send -> traffic.operations().peer(send))
                .mapToLong(traffic.operations()::endNs)
                .min()
                .orElse(Long.MIN_VALUE);
        return works.get(end).size() > 0 && works.get(end).startNs(0) + toleranceNs < cameNs;
    }

    /**
     * The pipeline of {@code line}, whose devices are in either order.
     *
     * @throws NoPipelineException where the tasks of one way contradict each other
     */
    static FoundPipeline read(List<DeviceWork> works, List<Integer> line, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        List<Integer> down = new ArrayList<>(line);
        if (down.get(0) > down.get(down.size() - 1)) {
            Collections.reverse(down);
        }
        List<Integer> up = new ArrayList<>(down);
        Collections.reverse(up);
        StageChain chain = new StageChain(List.copyOf(down), false, true, EITHER_WAY);
        StageChain other = new StageChain(List.copyOf(up), false, true, EITHER_WAY);
        Stage[] stages = FoldedCutter.cut(works, chain, traffic, toleranceNs);
        Stage[] first = Arrays.copyOf(stages, down.size());
        Stage[] second = Arrays.copyOfRange(stages, down.size(), stages.length);
        List<FoundTask> tasks = new ArrayList<>(Reached.MICRO_BATCHES
                .in(() -> ChainReader.read(chain, first, traffic, toleranceNs))
                .tasks());
        for (FoundTask task : Reached.MICRO_BATCHES
                .in(() -> ChainReader.read(other, second, traffic, toleranceNs))
                .tasks()) {
            tasks.add(task.as(new Action(
                    task.action().phase(),
                    task.action().chunk() + down.size(),
                    task.action().microBatch())));
        }
        ChainSteps steps = new ChainSteps(FoldedCutter.folded(chain), stages, traffic.operations(), toleranceNs);
        List<StructureStep> how = new ArrayList<>(steps.of(tasks));
        how.set(
                0,
                new StructureStep(
                        "stages",
                        EITHER_WAY,
                        "who sends to whom; both ends begin before anything has come: micro-batches go both ways, and"
                                + " those that enter at the lower rank count first"));
        return new FoundPipeline(chain.devices(), 2, 2, tasks, steps.unexplained(), List.copyOf(how));
    }
}
