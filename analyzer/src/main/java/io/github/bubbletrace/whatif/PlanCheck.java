package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import java.util.Optional;

/** Which plans make sense, and which sensible one is nearest to one that does not. */
final class PlanCheck {

    private static final int FARTHEST = 4096;

    private PlanCheck() {}

    /** @throws RefusedChangeException where there is no such schedule, with the reason and the nearest one */
    static void check(Plan plan) {
        if (plan.kind() == null) {
            throw new RefusedChangeException(
                    "the recorded order is no known schedule, so its order with another shape is unknown",
                    "name a schedule as well, as in schedule=1f1b+microbatches=" + plan.microBatches());
        }
        if (plan.microBatches() < 1) {
            throw new RefusedChangeException(
                    "the iterations have different numbers of micro-batches, so none is the plan's",
                    "name one as well, as in microbatches=8, or choose iterations by --iterations");
        }
        Optional<String> refusal = refusal(plan.kind(), plan.shape());
        if (refusal.isPresent()) {
            throw new RefusedChangeException(refusal.get(), nearest(plan));
        }
    }

    /** Why there is no such schedule; Megatron-LM's interleaving takes whole groups of p micro-batches. */
    private static Optional<String> refusal(ScheduleKind kind, Shape shape) {
        boolean broken = kind == ScheduleKind.INTERLEAVED
                && shape.chunksPerDevice() > 1
                && shape.microBatches() % shape.devices() != 0;
        return broken
                ? Optional.of("interleaved takes micro-batches in groups of " + shape.devices() + ", and "
                        + shape.microBatches() + " is no multiple")
                : kind.refusal(shape);
    }

    private static String nearest(Plan plan) {
        for (int distance = 1; distance < FARTHEST; distance++) {
            for (int m : new int[] {plan.microBatches() - distance, plan.microBatches() + distance}) {
                if (m > 0 && refusal(plan.kind(), withMicroBatches(plan, m)).isEmpty()) {
                    return "nearest: " + text(plan.kind(), plan.chunksPerDevice()) + "+microbatches=" + m;
                }
            }
        }
        for (int v = 1; v <= 8; v++) {
            Shape shape = new Shape(plan.stages(), v, plan.microBatches());
            if (refusal(plan.kind(), shape).isEmpty()) {
                return "nearest: " + text(plan.kind(), v);
            }
        }
        return "nearest: schedule=1f1b";
    }

    private static Shape withMicroBatches(Plan plan, int m) {
        return plan.withMicroBatches(m, plan.size()).shape();
    }

    private static String text(ScheduleKind kind, int chunks) {
        return "schedule=" + kind.key() + (chunks > 1 ? ":" + chunks : "");
    }
}
