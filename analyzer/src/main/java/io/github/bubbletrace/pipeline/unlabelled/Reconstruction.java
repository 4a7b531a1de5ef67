package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** The same for one device: a neighbour of it is not known. */
    private static final double MOST_ALONE_OF_DEVICE = 0.25;

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
        int lone = lone(works, operations);
        if (lone >= 0) {
            return ofLone(works.get(lone), lone, operations, errorNs);
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
        return silent(operations).length == 0
                ? read(works, operations, transfers, errorNs)
                : readSilent(works, operations, transfers, errorNs);
    }

    /** Reads transfers whose directions only what is computed around them tells: whatever is read in one way must be all. */
    private static Reconstruction readSilent(
            List<DeviceWork> works, Operations operations, StructureStep joined, long errorNs) {
        Reconstruction found = null;
        List<String> refusals = new ArrayList<>();
        for (SilentWays.Way way : SilentWays.all(works, operations, errorNs)) {
            Reconstruction one = readSilent(works, way, joined, errorNs);
            if (one.pipelines().isEmpty()) {
                refusals.add(String.join("; ", one.refusals()));
            } else if (found == null) {
                found = one;
            } else if (!tasks(found).equals(tasks(one))) {
                return new Reconstruction(
                        joined,
                        List.of(),
                        List.of("kernels do not say whether they send or receive, and what is computed"
                                + " before and after them leaves two ways; record NCCL's own ranges with them"
                                + " (-t cuda,nvtx)"));
            }
        }
        return found == null ? refused(joined, refusals) : found;
    }

    /** Says why receives that are posted at any time make no pipeline, and why turns do not that leave most open. */
    private static Reconstruction refused(StructureStep joined, List<String> refusals) {
        int postings = Sides.Posting.values().length;
        String around = refusals.get(refusals.size() - postings);
        String turns = refusals.get(refusals.size() - postings - 1);
        return new Reconstruction(
                joined, List.of(), List.of(around.equals(turns) ? around : around + "; nor in turns: " + turns));
    }

    private static Reconstruction readSilent(
            List<DeviceWork> works, SilentWays.Way way, StructureStep joined, long errorNs) {
        try {
            SilentWays.Directed directed = way.decide();
            StructureStep step = new StructureStep(
                    "transfers", joined.confidence() * directed.sure(), joined.by() + "; " + directed.by());
            Reconstruction read = read(works, directed.operations(), step, errorNs);
            for (FoundPipeline pipeline : read.pipelines()) {
                WholePasses.require(pipeline);
                TwoStages.require(pipeline, works, directed.operations());
            }
            return new Reconstruction(
                    read.transfers(),
                    read.pipelines().stream()
                            .map(pipeline -> pipeline.of(directed.operations()::origin))
                            .toList(),
                    read.refusals());
        } catch (NoPipelineException e) {
            return new Reconstruction(joined, List.of(), List.of(e.getMessage()));
        }
    }

    /** The tasks, whatever sends and receives belong to them. */
    private static Set<FoundTask> tasks(Reconstruction reconstruction) {
        return reconstruction.pipelines().stream()
                .flatMap(pipeline -> pipeline.of(row -> Operations.NONE).tasks().stream())
                .collect(Collectors.toSet());
    }

    private static Reconstruction read(
            List<DeviceWork> works, Operations operations, StructureStep transfers, long errorNs) {
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
                requireJoined(group, operations);
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

    private static double joined(Operations operations) {
        return (double) IntStream.range(0, operations.size())
                        .filter(row -> operations.peer(row) != Operations.NONE)
                        .count()
                / operations.size();
    }

    /** A device whose transfers mostly meet others has others still, where it has operations enough that meet none. */
    private static void requireJoined(List<Integer> group, Operations operations) throws NoPipelineException {
        int[] all = new int[1 + group.stream().mapToInt(Integer::intValue).max().orElse(0)];
        int[] alone = new int[all.length];
        for (int row = 0; row < operations.size(); row++) {
            if (operations.device(row) < all.length) {
                all[operations.device(row)]++;
                alone[operations.device(row)] += operations.peer(row) == Operations.NONE ? 1 : 0;
            }
        }
        if (group.stream().anyMatch(device -> alone[device] > MOST_ALONE_OF_DEVICE * all[device])) {
            throw new NoPipelineException("a device sends to or receives from others than those whose transfers end"
                    + " together with its own");
        }
    }

    private static int[] silent(Operations operations) {
        return IntStream.range(0, operations.size())
                .filter(row -> operations.role(row) == Operations.Role.UNKNOWN)
                .toArray();
    }

    /** What is missing to know what was sent to whom. */
    private static Optional<String> gap(Operations operations) {
        if (silent(operations).length > MOST_ALONE * operations.size()) {
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
