package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.silent.SilentWays;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import io.github.bubbletrace.pipeline.unlabelled.work.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads transfers whose directions only what is computed around them tells. */
final class SilentReader {

    private static final String RECORD = "record NCCL's own ranges with them (-t cuda,nvtx)";

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
                    return twoWays(joined, "");
                }
                if (isFound(one) && found != null && !HandOvers.areAlike(found, one, operations, errorNs)) {
                    return twoWays(joined, " to hand over what the same tasks computed");
                }
                found = found == null && isFound(one) ? one : found;
            }
        }
        return found == null ? new Reconstruction(joined, List.of(), Refusal.furthest(refusals(choices, read))) : found;
    }

    private static Reconstruction twoWays(StructureStep joined, String which) {
        return Reconstruction.refused(
                joined,
                new Refusal(
                        Reached.MICRO_BATCHES,
                        "kernels do not say whether they send or receive, and what is computed before and after them"
                                + " leaves two ways" + which + "; " + RECORD));
    }

    /** Turns leave most open: where no way came further than another, what is computed around transfers speaks. */
    private static List<Refusal> refusals(
            List<List<SilentWays.Way>> choices, Map<SilentWays.Way, Reconstruction> read) {
        List<Refusal> refusals = choices.stream()
                .flatMap(List::stream)
                .flatMap(way -> read.get(way).refusal().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(refusals);
        return refusals;
    }

    private static boolean isFound(Reconstruction read) {
        return !read.pipelines().isEmpty();
    }

    private static List<List<SilentWays.Way>> bySize(List<List<SilentWays.Way>> choices) {
        return choices.stream().sorted(Comparator.comparingInt(List::size)).toList();
    }

    private static Reconstruction read(List<DeviceWork> works, SilentWays.Way way, StructureStep joined, long errorNs) {
        try {
            SilentWays.Directed directed = way.decide();
            StructureStep step = new StructureStep(
                    "transfers", joined.confidence() * directed.sure(), joined.by() + "; " + directed.by());
            Reconstruction read = GroupReader.read(works, directed.operations(), step, errorNs);
            if (read.refusal().isPresent()) {
                return Reconstruction.refused(joined, silent(read.refusal().get()));
            }
            Reached.MICRO_BATCHES.in(() -> whole(read, works, directed.operations(), errorNs));
            return Reconstruction.found(
                    read.transfers(),
                    read.pipelines().stream()
                            .map(pipeline -> pipeline.of(directed.operations()::origin))
                            .toList());
        } catch (NoPipelineException e) {
            return Reconstruction.refused(joined, e.refusal());
        }
    }

    /** Where directions that were found make no pipeline, they may be wrong. */
    private static Refusal silent(Refusal refusal) {
        return refusal.at() == Reached.TRANSFERS
                ? refusal
                : new Refusal(
                        refusal.at(),
                        "where kernels do not say whether they send or receive, " + refusal.reason() + "; " + RECORD);
    }

    /** The same, where all micro-batches pass all chunks and two stages are no ring. */
    private static Reconstruction whole(
            Reconstruction read, List<DeviceWork> works, Operations operations, long errorNs)
            throws NoPipelineException {
        for (FoundPipeline pipeline : read.pipelines()) {
            WholePasses.require(pipeline, errorNs);
            TwoStages.require(pipeline, works, operations);
            PromptSends.require(pipeline, operations, errorNs);
        }
        return read;
    }

    /** The tasks, whatever transfers hand over what they compute. */
    private static Set<FoundTask> tasks(Reconstruction reconstruction) {
        return reconstruction.pipelines().stream()
                .flatMap(pipeline -> pipeline.tasks().stream())
                .map(FoundTask::alone)
                .collect(Collectors.toSet());
    }
}
