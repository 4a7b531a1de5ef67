package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads transfers whose directions only what is computed around them tells. */
final class SilentReader {

    private static final String RECORD = "record NCCL's own ranges with them (-t cuda,nvtx)";

    private SilentReader() {}

    /** Every way that makes a pipeline must make the same. */
    static Reconstruction read(List<DeviceWork> works, Operations operations, StructureStep joined, long errorNs) {
        Reconstruction found = null;
        List<Refusal> refusals = new ArrayList<>();
        for (SilentWays.Way way : SilentWays.all(works, operations, errorNs)) {
            Reconstruction one = read(works, way, joined, errorNs);
            if (one.pipelines().isEmpty()) {
                one.refusal().ifPresent(refusals::add);
            } else if (found == null) {
                found = one;
            } else if (!tasks(found).equals(tasks(one))) {
                return Reconstruction.refused(
                        joined,
                        new Refusal(
                                Reached.MICRO_BATCHES,
                                "kernels do not say whether they send or receive, and what is computed before and after"
                                        + " them leaves two ways; " + RECORD));
            }
        }
        // Turns leave most open: where no way came further than another, what is computed around transfers speaks.
        Collections.reverse(refusals);
        return found == null ? new Reconstruction(joined, List.of(), Refusal.furthest(refusals)) : found;
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
            Reached.MICRO_BATCHES.in(() -> whole(read, works, directed.operations()));
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
    private static Reconstruction whole(Reconstruction read, List<DeviceWork> works, Operations operations)
            throws NoPipelineException {
        for (FoundPipeline pipeline : read.pipelines()) {
            WholePasses.require(pipeline);
            TwoStages.require(pipeline, works, operations);
        }
        return read;
    }

    /** The tasks, whatever sends and receives belong to them. */
    private static Set<FoundTask> tasks(Reconstruction reconstruction) {
        return reconstruction.pipelines().stream()
                .flatMap(pipeline -> pipeline.of(row -> Operations.NONE).tasks().stream())
                .collect(Collectors.toSet());
    }
}
