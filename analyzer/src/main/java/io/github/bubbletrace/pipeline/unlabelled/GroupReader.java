package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.chain.Links;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.join.Copies;
import io.github.bubbletrace.pipeline.unlabelled.join.Joining;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import io.github.bubbletrace.pipeline.unlabelled.work.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads each group of devices that exchange transfers as a pipeline, where the transfers have both sides. */
final class GroupReader {

    private GroupReader() {}

    /** The pipelines of all groups, or why one of them is none. */
    static Reconstruction read(List<DeviceWork> works, Operations operations, StructureStep transfers, long errorNs) {
        Optional<String> gap = Joining.gap(operations);
        if (gap.isPresent()) {
            String why = Copies.inStep(operations, works.size(), errorNs).orElse(gap.get());
            return Reconstruction.refused(transfers, new Refusal(Reached.TRANSFERS, why));
        }
        Links links = new Links(operations, works.size());
        Traffic traffic = new Traffic(operations);
        boolean[] alone = Joining.mostlyAlone(operations, works.size());
        List<FoundPipeline> pipelines = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (List<Integer> group : links.groups()) {
            try {
                requireJoined(group, alone, operations, errorNs);
                pipelines.add(read(works, group, links, traffic, errorNs));
            } catch (NoPipelineException e) {
                refusals.add(e.refusal());
            }
        }
        Optional<Refusal> refusal = Refusal.furthest(refusals);
        if (refusal.isPresent()) {
            return Reconstruction.refused(transfers, refusal.get());
        }
        pipelines.sort(Comparator.comparingInt(pipeline -> pipeline.devices().get(0)));
        return Reconstruction.found(transfers, pipelines);
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

    /** Both ways where both ends begin by themselves, or else one. */
    private static FoundPipeline read(
            List<DeviceWork> works, List<Integer> group, Links links, Traffic traffic, long errorNs)
            throws NoPipelineException {
        List<Integer> line = StageChain.line(group, links);
        if (line.size() < group.size() || !BothWays.fits(works, line, traffic, errorNs)) {
            return readOneWay(works, group, links, traffic, errorNs);
        }
        try {
            return BothWays.read(works, line, traffic, errorNs);
        } catch (NoPipelineException e) {
            NoPipelineException both = new NoPipelineException(
                    e.refusal().after("both ends of the chain compute before anything has come to them, and "));
            try {
                return readOneWay(works, group, links, traffic, errorNs);
            } catch (NoPipelineException one) {
                throw one.orFurther(both);
            }
        }
    }

    /** The first chain that its tasks fit. */
    private static FoundPipeline readOneWay(
            List<DeviceWork> works, List<Integer> group, Links links, Traffic traffic, long errorNs)
            throws NoPipelineException {
        NoPipelineException refusal = null;
        for (StageChain chain : Reached.STAGES.in(() -> StageChain.of(group, links, traffic, works))) {
            try {
                return ChainForms.read(works, chain, traffic, errorNs);
            } catch (NoPipelineException e) {
                refusal = refusal == null ? e : refusal.orFurther(e);
            }
        }
        throw refusal;
    }
}
