package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.Median;
import java.util.stream.IntStream;

/** The transfers between two stages take the median of the transfers between all others. */
final class LinkAtMedian implements JobChange {

    private final int low;
    private final int high;

    LinkAtMedian(int one, int other) {
        low = Math.min(one, other);
        high = Math.max(one, other);
    }

    @Override
    public String job() {
        return "bring the link between stages " + low + " and " + high + " up to the others: NVLink, PCIe, network";
    }

    @Override
    public StepChange costs(Job job) {
        job.requireStage(low);
        job.requireStage(high);
        boolean exists = false;
        for (Replica replica : job.replicas()) {
            exists |= replica.steps().stream()
                    .anyMatch(step ->
                            IntStream.range(0, step.graph().edges()).anyMatch(edge -> isLink(replica, step, edge)));
        }
        if (!exists) {
            throw new RefusedChangeException(
                    "nothing passes between stages " + low + " and " + high, "nearest: link:" + low + "-" + (low + 1));
        }
        return (replica, step) -> {
            double[] others = IntStream.range(0, step.graph().edges())
                    .filter(edge -> crosses(step, edge) && !isLink(replica, step, edge))
                    .mapToDouble(step::transferNs)
                    .toArray();
            long median = others.length == 0 ? 0 : Math.round(Median.of(java.util.Arrays.stream(others)));
            return step.withTransfers(edge ->
                    isLink(replica, step, edge) ? Math.min(median, step.transferNs(edge)) : step.transferNs(edge));
        };
    }

    private boolean isLink(Replica replica, Step step, int edge) {
        int from = replica.stageOf(sender(step, edge));
        int to = replica.stageOf(receiver(step, edge));
        return from != to && Math.min(from, to) == low && Math.max(from, to) == high;
    }

    /** Whether {@code edge} joins two devices. */
    static boolean crosses(Step step, int edge) {
        return sender(step, edge) != receiver(step, edge);
    }

    static int sender(Step step, int edge) {
        return step.device(step.graph().source(edge));
    }

    static int receiver(Step step, int edge) {
        return step.graph().deviceOf(step.graph().target(edge));
    }
}
