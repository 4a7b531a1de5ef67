package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;

/**
 * Every receive is posted ahead and no send blocks: a transfer starts when its sender is done and occupies neither side.
 * What a receiver came too late for is saved; the sender's lateness stays.
 */
final class OverlappedTransfers implements JobChange {

    @Override
    public String job() {
        return "post receives ahead and send asynchronously (batch_isend_irecv, overlapped p2p communication)";
    }

    @Override
    public StepChange costs(Job job) {
        return (replica, step) -> {
            Step posted = step.over(step.graph().preposted());
            return posted.withLate(edge -> keptNs(step, edge));
        };
    }

    private static long keptNs(Step step, int edge) {
        boolean bySender = step.lateDevice(edge) == step.device(step.graph().source(edge));
        return bySender ? step.lateNs(edge) : Math.min(0, step.lateNs(edge));
    }
}
