package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;

/**
 * How far ranges that name transfers of forwards and of backwards say the same as structure.
 *
 * @param compared transfers that ranges name
 * @param same those that structure calls the same
 */
record NamedHops(int compared, int same) {

    /** The names of what {@code tasks} send and receive. */
    static NamedHops of(List<FoundTask> tasks, Operations operations) {
        int compared = 0;
        int same = 0;
        for (FoundTask task : tasks) {
            Hop expected = task.action().phase() == Phase.B ? Hop.BACKWARD : Hop.FORWARD;
            for (int row : new int[] {task.send(), task.receive()}) {
                Hop said = row == Operations.NONE ? Hop.UNSAID : operations.hop(row);
                compared += said == Hop.UNSAID ? 0 : 1;
                same += said == expected ? 1 : 0;
            }
        }
        return new NamedHops(compared, same);
    }

    /** The share that agrees. */
    double agreed() {
        return (double) same / Math.max(1, compared);
    }
}
