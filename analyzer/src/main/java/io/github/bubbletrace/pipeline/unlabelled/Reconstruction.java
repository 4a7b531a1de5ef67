package io.github.bubbletrace.pipeline.unlabelled;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What structure shows of devices whose ranges name no task.
 *
 * @param pipelines the pipelines, by their first devices
 * @param refusals why groups of devices that exchange transfers are no pipeline
 */
public record Reconstruction(List<FoundPipeline> pipelines, List<String> refusals) {

    /**
     * Finds the pipelines of {@code works}.
     *
     * @param operations sends and receives; peers are joined here
     * @param errorNs how far apart the clocks of two devices may be
     */
    public static Reconstruction of(List<DeviceWork> works, Operations operations, long errorNs) {
        EqualEnds.join(operations, works.size(), ComputedBefore.of(works, operations), errorNs);
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
            return new Reconstruction(List.of(), List.copyOf(refusals));
        }
        pipelines.sort(Comparator.comparingInt(pipeline -> pipeline.devices().get(0)));
        return new Reconstruction(List.copyOf(pipelines), List.copyOf(refusals));
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
