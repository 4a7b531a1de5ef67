package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.CopyTable;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Unites the GPU work of each lane into busy, collective and point-to-point time. */
final class ActivityExtractor {

    private enum Kind {
        COMPUTE,
        LOCAL_COPY,
        COLLECTIVE,
        P2P,
        PEER_COPY,
        HOST_COPY
    }

    private static final int KINDS = Kind.values().length;

    private final List<IntervalSet.Builder[]> building = new ArrayList<>();

    /**
     * One entry a lane, in the order of the lanes of {@code work}, which hold all of the trace.
     */
    static List<Activity> of(Trace trace, GpuWork work) {
        ActivityExtractor extractor = new ActivityExtractor();
        extractor.addKernels(trace.kernels(), work.lane());
        extractor.addCopies(trace.copies(), work.laneOfCopy());
        extractor.builders(work.lanes().lanes().size() - 1);
        return extractor.building.stream().map(ActivityExtractor::activity).toList();
    }

    private void addKernels(KernelTable kernels, int[] lane) {
        IntervalSet.Builder builder = null;
        for (int k = 0; k < lane.length; k++) {
            boolean isRepeated = k > 0 && lane[k] == lane[k - 1] && kernels.name(k) == kernels.name(k - 1);
            builder = isRepeated ? builder : builder(lane[k], kind(kernels.kind(k)));
            builder.add(kernels.startNs(k), kernels.endNs(k));
        }
    }

    private static Kind kind(KernelKind kernel) {
        return kernel == KernelKind.COMPUTE ? Kind.COMPUTE : kernel == KernelKind.P2P ? Kind.P2P : Kind.COLLECTIVE;
    }

    private void addCopies(CopyTable copies, int[] lane) {
        for (int c = 0; c < copies.size(); c++) {
            Kind kind = copies.kind(c) == CopyKind.LOCAL
                    ? Kind.LOCAL_COPY
                    : copies.kind(c) == CopyKind.HOST ? Kind.HOST_COPY : Kind.PEER_COPY;
            builder(lane[c], kind).add(copies.startNs(c), copies.endNs(c));
        }
    }

    private IntervalSet.Builder builder(int lane, Kind kind) {
        return builders(lane)[kind.ordinal()];
    }

    private IntervalSet.Builder[] builders(int lane) {
        while (building.size() <= lane) {
            IntervalSet.Builder[] kinds = new IntervalSet.Builder[KINDS];
            Arrays.setAll(kinds, k -> new IntervalSet.Builder());
            building.add(kinds);
        }
        return building.get(lane);
    }

    private static Activity activity(IntervalSet.Builder[] kinds) {
        IntervalSet hostCopies = kinds[Kind.HOST_COPY.ordinal()].build();
        return new Activity(
                kinds[Kind.COMPUTE.ordinal()].build().plus(kinds[Kind.LOCAL_COPY.ordinal()].build()),
                kinds[Kind.COLLECTIVE.ordinal()].build(),
                kinds[Kind.P2P.ordinal()]
                        .build()
                        .plus(kinds[Kind.PEER_COPY.ordinal()].build())
                        .plus(hostCopies),
                hostCopies);
    }
}
