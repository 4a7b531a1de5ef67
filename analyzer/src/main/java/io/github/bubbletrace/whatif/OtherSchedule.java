package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;

/** Another order of the same work, with as many or other chunks a device. */
final class OtherSchedule implements JobChange {

    private final ScheduleKind kind;
    private final int chunks;

    /** Another schedule; with {@code chunks} 0, as many chunks as the kind usually has. */
    OtherSchedule(ScheduleKind kind, int chunks) {
        this.kind = kind;
        this.chunks = chunks;
    }

    @Override
    public String job() {
        return "run the " + kind.key() + " schedule" + (chunks > 1 ? " with " + chunks + " chunks a device" : "");
    }

    @Override
    public String note() {
        return kind.splitsBackward()
                ? "where backwards were not split in the trace, input and weight gradient are taken as halves"
                : "";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        if (plan.microBatches() == 0) {
            throw new RefusedChangeException(
                    "steps of this run have different numbers of micro-batches",
                    "choose steps that have the same with --iterations");
        }
        if (kind.isForwardOnly() != job.isForwardOnly()) {
            throw new RefusedChangeException(
                    kind.key()
                            + (kind.isForwardOnly()
                                    ? " has no backwards, and this run has"
                                    : " has backwards, and this run has none"),
                    job.isForwardOnly() ? "nearest: schedule=forward" : "nearest: schedule=1f1b");
        }
        if (kind == ScheduleKind.DECODE && job.first().inFlight() == null) {
            throw new RefusedChangeException("nothing feeds back in this run", "nearest: schedule=forward");
        }
        Plan changed = plan.withKind(kind, chunks(plan));
        requireLayers(changed, job);
        return changed;
    }

    private int chunks(Plan plan) {
        if (chunks > 0) {
            return chunks;
        }
        boolean keeps = kind == ScheduleKind.INTERLEAVED && plan.chunksPerDevice() > 1;
        return keeps ? plan.chunksPerDevice() : kind == ScheduleKind.INTERLEAVED ? 2 : kind.usualChunks();
    }

    private static void requireLayers(Plan plan, Job job) {
        int layers = job.facts().layers();
        int wanted = plan.stages() * plan.chunksPerDevice();
        if (layers == 0 || plan.chunksPerDevice() == 1 || layers % wanted == 0) {
            return;
        }
        int fewer = plan.chunksPerDevice();
        while (fewer > 1 && layers % (plan.stages() * fewer) != 0) {
            fewer--;
        }
        throw new RefusedChangeException(
                layers + " layers do not divide over " + wanted + " chunks",
                "nearest: schedule=" + (fewer == 1 ? "1f1b" : plan.kind().key() + ":" + fewer));
    }

    /** Whether the recorded backwards are split, so that nothing has to be supposed. */
    static boolean splits(Job job) {
        return job.first().runs(Phase.W);
    }
}
