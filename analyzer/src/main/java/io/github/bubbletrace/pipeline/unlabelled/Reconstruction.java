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

    /** So many stages that a device sends to, or receives from, are looked for beyond one before and one after it: two a pass. */
    private static final int PASSES = 3;

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
        boolean named = joined(operations) >= 1 - MOST_ALONE;
        if (!named) {
            operations.separate(Copies.of(operations, works.size(), errorNs));
        }
        joinByEnds(works, operations, errorNs);
        StructureStep transfers = new StructureStep(
                "transfers",
                joined(operations),
                named ? "the trace names both sides of a transfer" : "both sides of a transfer end together");
        return silent(operations).length == 0
                ? read(works, operations, transfers, errorNs)
                : readSilent(works, operations, transfers, errorNs);
    }

    /** What two neighbours of each device leave alone is sent past neighbours: those are looked for among what is left. */
    private static void joinByEnds(List<DeviceWork> works, Operations operations, long errorNs) {
        long[] computedNs = ComputedBefore.of(works, operations);
        int[] open = IntStream.range(0, operations.size())
                .filter(row -> operations.peer(row) == Operations.NONE)
                .toArray();
        boolean[][] neighbours = Neighbours.of(operations, works.size(), errorNs);
        EqualEnds.join(operations, neighbours, computedNs, errorNs);
        boolean more = true;
        for (int pass = 1; more && pass < PASSES && isOpen(operations, works.size()); pass++) {
            more = add(neighbours, Neighbours.of(operations, works.size(), errorNs));
            if (more) {
                operations.part(open);
                EqualEnds.join(operations, neighbours, computedNs, errorNs);
            }
        }
    }

    /** Whether there is something to add. */
    private static boolean add(boolean[][] known, boolean[][] more) {
        boolean added = false;
        for (int one = 0; one < known.length; one++) {
            for (int other = 0; other < known.length; other++) {
                added |= more[one][other] && !known[one][other];
                known[one][other] |= more[one][other];
            }
        }
        return added;
    }

    /** Whether operations that all say what they do are alone more often than captures cut them off. */
    private static boolean isOpen(Operations operations, int devices) {
        boolean[] alone = mostlyAlone(operations, devices);
        return silent(operations).length == 0
                && (joined(operations) < 1 - MOST_ALONE
                        || IntStream.range(0, devices).anyMatch(device -> alone[device]));
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
            String why = Copies.inStep(operations, works.size(), errorNs).orElse(gap.get());
            return new Reconstruction(transfers, List.of(), List.of(why));
        }
        Links links = new Links(operations, works.size());
        Traffic traffic = new Traffic(operations);
        boolean[] alone = mostlyAlone(operations, works.size());
        List<FoundPipeline> pipelines = new ArrayList<>();
        TreeSet<String> refusals = new TreeSet<>();
        for (List<Integer> group : links.groups()) {
            try {
                requireJoined(group, alone, operations, errorNs);
                pipelines.add(read(works, group, links, traffic, errorNs));
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
    private static void requireJoined(List<Integer> group, boolean[] alone, Operations operations, long errorNs)
            throws NoPipelineException {
        if (group.stream().anyMatch(device -> alone[device])) {
            throw new NoPipelineException(Copies.inStep(operations, alone.length, errorNs)
                    .orElse("a device sends to or receives from others than those whose transfers end"
                            + " together with its own"));
        }
    }

    /** The devices of whose operations too many meet no other side. */
    private static boolean[] mostlyAlone(Operations operations, int devices) {
        int[] all = new int[devices];
        int[] single = new int[devices];
        for (int row = 0; row < operations.size(); row++) {
            all[operations.device(row)]++;
            single[operations.device(row)] += operations.peer(row) == Operations.NONE ? 1 : 0;
        }
        boolean[] alone = new boolean[devices];
        for (int device = 0; device < devices; device++) {
            alone[device] = single[device] > MOST_ALONE_OF_DEVICE * all[device];
        }
        return alone;
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

    /** Both ways where both ends begin by themselves, or else one. */
    private static FoundPipeline read(
            List<DeviceWork> works, List<Integer> group, Links links, Traffic traffic, long errorNs)
            throws NoPipelineException {
        List<Integer> line = StageChain.line(group, links);
        if (line.size() < group.size() || !BothWays.fits(works, line, traffic, errorNs)) {
            return read(works, StageChain.of(group, links, traffic, works), traffic, errorNs);
        }
        try {
            return BothWays.read(works, line, traffic, errorNs);
        } catch (NoPipelineException e) {
            try {
                return read(works, StageChain.of(group, links, traffic, works), traffic, errorNs);
            } catch (NoPipelineException oneWay) {
                throw new NoPipelineException("micro-batches enter at both ends, and " + e.getMessage());
            }
        }
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
