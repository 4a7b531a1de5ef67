package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Action;

/**
 * A task that structure shows.
 *
 * @param device its device
 * @param action phase, chunk, and the micro-batch counted over the whole trace
 * @param startNs start of its hull on the common axis
 * @param endNs end of its hull
 * @param issuedNs when its first kernel was launched, on its file's clock, or {@link LaneWork#UNKNOWN}
 * @param send the operation that sends its output, or -1
 * @param receive the operation that brought its input, or -1
 */
public record FoundTask(int device, Action action, long startNs, long endNs, long issuedNs, int send, int receive) {

    /** The same as another action. */
    public FoundTask as(Action other) {
        return new FoundTask(device, other, startNs, endNs, issuedNs, send, receive);
    }

    /** The same without what it sends and receives. */
    public FoundTask alone() {
        return new FoundTask(device, action, startNs, endNs, issuedNs, Operations.NONE, Operations.NONE);
    }
}
