package io.github.bubbletrace.whatif;

/** Another number of stages: on as many more or fewer devices, or on the same ones, tensor parallelism taking up the rest. */
final class Stages implements JobChange {

    private final int count;
    private final boolean isSameDevices;
    private final long collectiveNs;

    private Stages(int count, boolean isSameDevices, long collectiveNs) {
        this.count = count;
        this.isSameDevices = isSameDevices;
        this.collectiveNs = collectiveNs;
    }

    /** The same model over other devices. */
    static JobChange of(int count) {
        return new Stages(count, false, 0);
    }

    /** The same devices; {@code collectiveNs} is what the new width adds to a forward of a stage, twice that to a backward. */
    static JobChange againstTensorParallelism(int count, long collectiveNs) {
        return new Stages(count, true, collectiveNs);
    }

    @Override
    public String job() {
        return "split the model over " + count + " stages"
                + (isSameDevices ? " on the same devices, tensor-parallel in place of the others" : "");
    }

    @Override
    public String note() {
        return isSameDevices
                ? "collectives cost what was stated; compute divides evenly over a stage's devices"
                : "another number of devices: compare time and devices";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        if (plan.microBatches() == 0) {
            throw new RefusedChangeException(
                    "steps of this run have different numbers of micro-batches",
                    "choose steps that have the same with --iterations");
        }
        if (count < 2) {
            throw new RefusedChangeException("a pipeline has at least 2 stages", "nearest: stages=2");
        }
        int layers = job.facts().layers();
        if (layers > 0 && count * plan.chunksPerDevice() > layers) {
            throw new RefusedChangeException(
                    layers + " layers are too few for " + count + " stages",
                    "nearest: stages=" + layers / plan.chunksPerDevice());
        }
        double width = isSameDevices ? (double) plan.stages() / count : 1;
        boolean isWhole =
                job.first().run().lanes() * width == Math.rint(job.first().run().lanes() * width);
        if (!isWhole) {
            throw new RefusedChangeException(
                    plan.stages() * job.first().run().lanes() + " devices do not divide into " + count + " stages",
                    "nearest: stages=" + Math.max(2, plan.stages() / 2) + "@tp");
        }
        return plan.withStages(count, width, collectiveNs);
    }
}
