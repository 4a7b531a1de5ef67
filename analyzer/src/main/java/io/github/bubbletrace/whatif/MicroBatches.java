package io.github.bubbletrace.whatif;

/** More or fewer micro-batches of the same size, or of the same global batch. */
final class MicroBatches implements JobChange {

    private final int count;
    private final boolean isSameBatch;

    private MicroBatches(int count, boolean isSameBatch) {
        this.count = count;
        this.isSameBatch = isSameBatch;
    }

    /** Micro-batches of the same size: more work a step. */
    static JobChange ofSameSize(int count) {
        return new MicroBatches(count, false);
    }

    /** The same work in more, smaller micro-batches. */
    static JobChange ofSameBatch(int count) {
        return new MicroBatches(count, true);
    }

    @Override
    public String job() {
        return isSameBatch
                ? "cut the same global batch into " + count + " micro-batches (a smaller micro-batch size)"
                : "run " + count + " micro-batches of the same size a step (another global batch, or fewer replicas)";
    }

    @Override
    public String note() {
        return isSameBatch
                ? "kernels and transfers shrink with the micro-batch; launch gaps and host delays do not; small kernels"
                        + " lose efficiency, which this trace cannot show"
                : "another amount of work a step: compare time per micro-batch";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        if (plan.microBatches() == 0) {
            throw new RefusedChangeException(
                    "steps of this run have different numbers of micro-batches",
                    "choose steps that have the same with --iterations");
        }
        double size = isSameBatch ? plan.size() * plan.microBatches() / count : plan.size();
        return plan.withMicroBatches(count, size);
    }
}
