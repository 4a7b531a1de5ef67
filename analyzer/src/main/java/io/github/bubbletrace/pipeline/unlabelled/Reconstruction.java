package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.join.Copies;
import io.github.bubbletrace.pipeline.unlabelled.join.Joining;
import io.github.bubbletrace.pipeline.unlabelled.join.NamedPeers;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What structure shows of devices whose ranges name no task.
 *
 * @param transfers how the two sides of transfers were joined
 * @param pipelines the pipelines, by their first devices
 * @param refusal why devices that exchange transfers are no pipeline, by the reading that came furthest; empty where they are,
 *     or where there are none
 */
public record Reconstruction(StructureStep transfers, List<FoundPipeline> pipelines, Optional<Refusal> refusal) {

    /** Pipelines. */
    static Reconstruction found(StructureStep transfers, List<FoundPipeline> pipelines) {
        return new Reconstruction(transfers, List.copyOf(pipelines), Optional.empty());
    }

    /** None. */
    static Reconstruction refused(StructureStep transfers, Refusal refusal) {
        return new Reconstruction(transfers, List.of(), Optional.of(refusal));
    }

    /**
     * Finds the pipelines of {@code works}.
     *
     * @param operations sends and receives; peers are joined here
     * @param errorNs how far apart the clocks of two devices may be
     */
    public static Reconstruction of(List<DeviceWork> works, Operations operations, long errorNs) {
        if (operations.size() == 0) {
            return new Reconstruction(null, List.of(), Optional.empty());
        }
        try {
            Optional<FoundPipeline> seated = SeatedStages.read(works, operations, errorNs);
            if (seated.isPresent()) {
                StructureStep named = new StructureStep("transfers", 1, "the trace names both sides of a transfer");
                return found(named, List.of(seated.get()));
            }
        } catch (NoPipelineException e) {
            return refused(null, e.refusal().after("traces of ranks are missing, and "));
        }
        int lone = lone(works, operations);
        if (lone >= 0) {
            return ofLone(works.get(lone), lone, operations, errorNs);
        }
        NamedPeers.join(operations, errorNs);
        boolean named = Joining.isJoined(operations);
        if (!named) {
            operations.separate(Copies.of(operations, works.size(), errorNs));
        }
        Joining.byEnds(works, operations, errorNs);
        StructureStep transfers = new StructureStep(
                "transfers",
                Joining.share(operations),
                named ? "the trace names both sides of a transfer" : "both sides of a transfer end together");
        return Joining.isSilent(operations)
                ? SilentReader.read(works, operations, transfers, errorNs)
                : GroupReader.read(works, operations, transfers, errorNs);
    }

    /** The only device that transfers anything, where no peer of it is in the trace; else -1. */
    private static int lone(List<DeviceWork> works, Operations operations) {
        int first = operations.device(0);
        for (int row = 0; row < operations.size(); row++) {
            boolean other = operations.device(row) != first || operations.peer(row) != Operations.NONE;
            if (other || operations.role(row) == Operations.Role.UNKNOWN) {
                return -1;
            }
        }
        return works.get(first).size() > 0 ? first : -1;
    }

    private static Reconstruction ofLone(DeviceWork work, int device, Operations operations, long errorNs) {
        StructureStep transfers = new StructureStep("transfers", 0, "the other sides are on devices that are missing");
        try {
            return found(transfers, List.of(LoneStage.read(work, device, operations, errorNs)));
        } catch (NoPipelineException e) {
            return refused(
                    transfers,
                    e.refusal()
                            .after(
                                    "all transfers of the only device are with others: traces of ranks are missing, and "));
        }
    }
}
