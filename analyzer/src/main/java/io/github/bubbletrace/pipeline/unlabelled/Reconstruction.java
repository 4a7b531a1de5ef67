package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import java.util.List;
import java.util.Optional;

/**
 * What structure shows of devices whose ranges name no task.
 *
 * @param transfers how the two sides of transfers were joined
 * @param pipelines the pipelines, by their first devices
 * @param refusals why groups of devices that exchange transfers are no pipeline
 */
public record Reconstruction(StructureStep transfers, List<FoundPipeline> pipelines, List<String> refusals) {

    /**
     * Finds the pipelines of {@code works}.
     *
     * @param operations sends and receives; peers are joined here
     * @param errorNs how far apart the clocks of two devices may be
     */
    public static Reconstruction of(List<DeviceWork> works, Operations operations, long errorNs) {
        if (operations.size() == 0) {
            return new Reconstruction(null, List.of(), List.of());
        }
        try {
            Optional<FoundPipeline> seated = SeatedStages.read(works, operations, errorNs);
            if (seated.isPresent()) {
                StructureStep named = new StructureStep("transfers", 1, "the trace names both sides of a transfer");
                return new Reconstruction(named, List.of(seated.get()), List.of());
            }
        } catch (NoPipelineException e) {
            return new Reconstruction(null, List.of(), List.of("traces of ranks are missing, and " + e.getMessage()));
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
            return new Reconstruction(transfers, List.of(LoneStage.read(work, device, operations, errorNs)), List.of());
        } catch (NoPipelineException e) {
            return new Reconstruction(
                    transfers,
                    List.of(),
                    List.of("all transfers of the only device are with others: traces of ranks are missing, and "
                            + e.getMessage()));
        }
    }
}
