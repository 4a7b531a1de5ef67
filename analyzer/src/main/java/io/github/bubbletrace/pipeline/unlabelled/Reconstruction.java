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
     * @param toleranceNs how far apart the two sides of a transfer may end
     */
    public static Reconstruction of(List<DeviceWork> works, Operations operations, long toleranceNs) {
        EqualEnds.join(operations, works.size(), toleranceNs);
        Links links = new Links(operations, works.size());
        Traffic traffic = new Traffic(operations);
        List<FoundPipeline> pipelines = new ArrayList<>();
        TreeSet<String> refusals = new TreeSet<>();
        for (List<Integer> group : links.groups()) {
            try {
                StageChain chain = StageChain.of(group, links, traffic);
                pipelines.add(ChainReader.read(works, chain, traffic, toleranceNs));
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
}
