package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads transfers whose directions only what is computed around them tells. */
final class SilentReader {

    private SilentReader() {}

    /** Every way that makes a pipeline must make the same; of what leaves one way alone others do not make several again. */
    static Reconstruction read(List<DeviceWork> works, Operations operations, StructureStep joined, long errorNs) {
        List<List<SilentWays.Way>> choices = SilentWays.all(works, operations, errorNs);
        Map<SilentWays.Way, Reconstruction> read = new HashMap<>();
        Reconstruction found = null;
        for (List<SilentWays.Way> choice : bySize(choices)) {
            if (choice.stream().anyMatch(way -> read.containsKey(way) && isFound(read.get(way)))) {
                continue;
            }
            for (SilentWays.Way way : choice) {
                Reconstruction one = read.computeIfAbsent(way, w -> read(works, w, joined, errorNs));
                if (isFound(one) && found != null && !tasks(found).equals(tasks(one))) {
                    return new Reconstruction(
                            joined,
                            List.of(),
                            List.of("kernels do not say whether they send or receive, and what is computed"
                                    + " before and after them leaves two ways; record NCCL's own ranges with them"
                                    + " (-t cuda,nvtx)"));
                }
                found = found == null && isFound(one) ? one : found;
            }
        }
        return found == null
                ? refused(
                        joined,
                        choices.stream()
                                .map(choice -> read.get(choice.get(0)))
                                .map(one -> String.join("; ", one.refusals()))
                                .toList())
                : found;
    }

    private static boolean isFound(Reconstruction read) {
        return !read.pipelines().isEmpty();
    }

    private static List<List<SilentWays.Way>> bySize(List<List<SilentWays.Way>> choices) {
        return choices.stream().sorted(Comparator.comparingInt(List::size)).toList();
    }

    /** Says why receives that are posted at any time make no pipeline, and why turns do not that leave most open. */
    private static Reconstruction refused(StructureStep joined, List<String> refusals) {
        int postings = Sides.Posting.values().length;
        String around = refusals.get(refusals.size() - postings);
        String turns = refusals.get(refusals.size() - postings - 1);
        return new Reconstruction(
                joined, List.of(), List.of(around.equals(turns) ? around : around + "; nor in turns: " + turns));
    }

    private static Reconstruction read(List<DeviceWork> works, SilentWays.Way way, StructureStep joined, long errorNs) {
        try {
            SilentWays.Directed directed = way.decide();
            StructureStep step = new StructureStep(
                    "transfers", joined.confidence() * directed.sure(), joined.by() + "; " + directed.by());
            Reconstruction read = GroupReader.read(works, directed.operations(), step, errorNs);
            for (FoundPipeline pipeline : read.pipelines()) {
                WholePasses.require(pipeline, errorNs);
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
}
