package io.github.bubbletrace.pipeline.unlabelled.work;

/** The steps of reading transfers and kernels as a pipeline, in their order: where a reading fails tells how far it came. */
public enum Reached {
    /** Who sends what to whom. */
    TRANSFERS,
    /** The order of the stages. */
    STAGES,
    /** Which kernels are a task. */
    TASKS,
    /** Which micro-batch each task is of, and whether tasks contradict each other. */
    MICRO_BATCHES;

    /** A part of a reading. */
    public interface Part<T> {
        /** What it finds. */
        T read() throws NoPipelineException;
    }

    /** What a part of this step finds; where it refuses, it came as far as this. */
    public <T> T in(Part<T> part) throws NoPipelineException {
        try {
            return part.read();
        } catch (NoPipelineException e) {
            throw e.refusal().at().compareTo(this) < 0 ? new NoPipelineException(new Refusal(this, e.getMessage())) : e;
        }
    }
}
