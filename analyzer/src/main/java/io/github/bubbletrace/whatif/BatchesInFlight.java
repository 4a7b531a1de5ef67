package io.github.bubbletrace.whatif;

/** More or fewer batches in flight of a decode loop: the same passes in the same order. */
final class BatchesInFlight implements JobChange {

    private final int count;

    BatchesInFlight(int count) {
        this.count = count;
    }

    @Override
    public String job() {
        return "keep " + count + " batches in flight";
    }

    @Override
    public String note() {
        return "each pass as long as recorded: more sequences in flight, or smaller batches of the same";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        requireDecode(job, "nearest: microbatches=" + count);
        if (plan.microBatches() > 0 && count > plan.microBatches()) {
            throw new RefusedChangeException(
                    "the run has " + plan.microBatches() + " passes", "nearest: inflight=" + plan.microBatches());
        }
        return plan.withDecoding(plan.decoding().withInFlight(count));
    }

    /** @throws RefusedChangeException where nothing feeds back; {@code nearest} is what comes near it in training */
    static void requireDecode(Job job, String nearest) {
        if (job.first().inFlight() == null) {
            throw new RefusedChangeException(
                    "batches in flight are a matter of decode loops, and nothing feeds back in this run",
                    job.isForwardOnly() ? "label decode passes as phase=D" : nearest);
        }
    }
}
