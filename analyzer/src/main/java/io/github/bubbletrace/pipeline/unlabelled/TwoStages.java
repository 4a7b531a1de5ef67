package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Phase;
import java.util.Comparator;
import java.util.List;

/**
 * What two stages must show where kernels do not say whether they send or receive. If kernels may do both, what looks like one
 * transfer may be two on a ring of two devices: several chunks on each, or tokens fed back.
 */
final class TwoStages {

    private static final String BROUGHT_BACK =
            "one of two devices always waits until what it sends has come: kernels that do"
                    + " not say whether they send or receive may bring something back";

    private TwoStages() {}

    /** @throws NoPipelineException where a ring of two devices looks the same */
    static void require(FoundPipeline pipeline, List<DeviceWork> works, Operations operations)
            throws NoPipelineException {
        if (pipeline.devices().size() == 2 && isFed(pipeline) && operations.hasExchanges()) {
            throw new NoPipelineException(BROUGHT_BACK);
        }
        if (pipeline.devices().size() == 2 && isFed(pipeline) && pipeline.unexplained() > 0) {
            throw new NoPipelineException(
                    "kernels of two devices that exchange transfers are in no task, and kernels do not"
                            + " say whether they send or receive");
        }
        boolean isChain = pipeline.devices().size() == 2 && pipeline.chunksPerDevice() == 1;
        if (isChain && isOneWay(pipeline) && !goesOn(works, operations)) {
            throw new NoPipelineException(BROUGHT_BACK);
        }
        if (isChain && !isOneWay(pipeline) && isMixed(pipeline)) {
            throw new NoPipelineException(
                    "the last of two stages begins forwards between backwards while others wait for"
                            + " theirs, as with several chunks; kernels do not say whether they send or receive");
        }
    }

    private static boolean isFed(FoundPipeline pipeline) {
        return pipeline.tasks().stream().anyMatch(task -> task.action().phase() == Phase.D);
    }

    private static boolean isOneWay(FoundPipeline pipeline) {
        return pipeline.tasks().stream().allMatch(task -> task.action().phase() == Phase.F);
    }

    /** Whether devices mostly compute while they send, so that they do not wait for anything. */
    private static boolean goesOn(List<DeviceWork> works, Operations operations) {
        int sends = 0;
        int along = 0;
        for (int row = 0; row < operations.size(); row++) {
            DeviceWork work = works.get(operations.device(row));
            int next = work.startedBefore(operations.startNs(row));
            boolean isSend = operations.role(row) == Operations.Role.SEND;
            sends += isSend ? 1 : 0;
            along += isSend && next < work.size() && work.startNs(next) < operations.endNs(row) ? 1 : 0;
        }
        return 2 * along > sends;
    }

    /** Whether the last stage turns to a forward after a backward while others are open: neither all at once nor one by one. */
    private static boolean isMixed(FoundPipeline pipeline) {
        List<FoundTask> tasks = pipeline.tasks().stream()
                .filter(task -> task.action().chunk() == 1)
                .sorted(Comparator.comparingLong(FoundTask::startNs))
                .toList();
        int open = 0;
        boolean isBackward = false;
        for (FoundTask task : tasks) {
            if (task.action().phase() == Phase.F && open > 0 && isBackward) {
                return true;
            }
            open += task.action().phase() == Phase.F ? 1 : task.action().phase() == Phase.B ? -1 : 0;
            isBackward = task.action().phase() != Phase.F;
        }
        return false;
    }
}
