package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What structure shows of devices whose ranges name no task.
 *
 * @param transfers how the two sides of transfers were joined
 * @param pipelines the pipelines, by their first devices
 * @param refusals why groups of devices that exchange transfers are no pipeline
 */
public record Reconstruction(StructureStep transfers, List<FoundPipeline> pipelines, List<String> refusals) {

    /** Where more than this share of sends and receives meets no other side, what they make up is not known. */
    private static final double MOST_ALONE = 0.1;

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
        NamedPeers.join(operations, errorNs);
        boolean named = joined(operations) >= 1 - MOST_ALONE;
        if (!named) {
            operations.separate(Copies.of(operations, works.size(), errorNs));
        }
        EqualEnds.join(operations, works.size(), ComputedBefore.of(works, operations), errorNs);
        StructureStep transfers = new StructureStep(
                "transfers",
                joined(operations),
                named ? "the trace names both sides of a transfer" : "both sides of a transfer end together");
        Optional<String> gap = gap(operations);
        if (gap.isPresent()) {
            return new Reconstruction(transfers, List.of(), List.of(gap.get()));
        }
        Links links = new Links(operations, works.size());
        Traffic traffic = new Traffic(operations);
        List<FoundPipeline> pipelines = new ArrayList<>();
        TreeSet<String> refusals = new TreeSet<>();
        for (List<Integer> group : links.groups()) {
            try {
                pipelines.add(read(works, StageChain.of(group, links, traffic), traffic, errorNs));
            } catch (NoPipelineException e) {
                refusals.add(e.getMessage());
            }
        }
        if (!refusals.isEmpty()) {
            return new Reconstruction(transfers, List.of(), List.copyOf(refusals));
        }
        pipelines.sort(Comparator.comparingInt(pipeline -> pipeline.devices().get(0)));
        return new Reconstruction(transfers, List.copyOf(pipelines), List.of());
    }

    private static double joined(Operations operations) {
        return (double) IntStream.range(0, operations.size())
                        .filter(row -> operations.peer(row) != Operations.NONE)
                        .count()
                / operations.size();
    }

    /** What is missing to know what was sent to whom. */
    private static Optional<String> gap(Operations operations) {
        long silent = IntStream.range(0, operations.size())
                .filter(row -> operations.role(row) == Operations.Role.UNKNOWN)
                .count();
        if (silent > MOST_ALONE * operations.size()) {
            return Optional.of("kernels do not say whether they send or receive; record NCCL's own ranges with them"
                    + " (-t cuda,nvtx)");
        }
        double alone = 1 - joined(operations);
        if (alone > MOST_ALONE) {
            return Optional.of(
                    Math.round(100 * alone) + " % of the sends and receives end with no other side's: traces of"
                            + " ranks are missing, or this is other traffic than a pipeline's");
        }
        return Optional.empty();
    }

    /** The first chain that its tasks fit. */
    private static FoundPipeline read(List<DeviceWork> works, List<StageChain> chains, Traffic traffic, long errorNs)
            throws NoPipelineException {
        NoPipelineException refusal = null;
        for (StageChain chain : chains) {
            try {
                return ChainReader.read(works, chain, traffic, errorNs);
            } catch (NoPipelineException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal;
    }
}
