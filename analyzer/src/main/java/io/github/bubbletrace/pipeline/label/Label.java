package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.schedule.Phase;

/**
 * What one range name says. Numbers are -1 where the name does not say them.
 *
 * @param role what the range is
 * @param phase phase of the task, or of the task that a transfer belongs to; null for steps
 * @param chunk chunk over the whole pipeline
 * @param place place of the device in the pipeline
 * @param localChunk number of the chunk on its device
 * @param microBatch micro-batch, or {@link #ORDINAL} where the k-th such range is micro-batch k
 * @param iteration iteration
 * @param replica data-parallel replica
 * @param lane tensor-parallel rank within its stage
 */
public record Label(
        Role role,
        Phase phase,
        int chunk,
        int place,
        int localChunk,
        int microBatch,
        int iteration,
        int replica,
        int lane) {

    /** Micro-batch of names that carry no number and stand once for each batch. */
    public static final int ORDINAL = -2;

    /** What a labelled range is. */
    public enum Role {
        /** The range launches the kernels of a task. */
        TASK,
        /** The range sends the output of the task it names. */
        SEND,
        /** The range receives the input of the task it names. */
        RECV,
        /** The range is one iteration. */
        STEP
    }

    /** A task of which phase and micro-batch are known. */
    public static Label task(Phase phase, int microBatch) {
        return new Label(Role.TASK, phase, -1, -1, -1, microBatch, -1, -1, -1);
    }

    /** An iteration mark. */
    public static Label step(int iteration) {
        return new Label(Role.STEP, null, -1, -1, -1, -1, iteration, -1, -1);
    }

    /** The same with another role. */
    public Label as(Role newRole) {
        return new Label(newRole, phase, chunk, place, localChunk, microBatch, iteration, replica, lane);
    }

    /** The same on a device whose place, replica and lane are known. */
    public Label at(int newPlace, int newReplica, int newLane) {
        return new Label(role, phase, chunk, newPlace, localChunk, microBatch, iteration, newReplica, newLane);
    }

    /** The same with a chunk over the whole pipeline. */
    public Label onChunk(int newChunk) {
        return new Label(role, phase, newChunk, place, localChunk, microBatch, iteration, replica, lane);
    }

    /** The same in an iteration. */
    public Label inIteration(int newIteration) {
        return new Label(role, phase, chunk, place, localChunk, microBatch, newIteration, replica, lane);
    }

    /** The same with a chunk of its device. */
    public Label onLocalChunk(int newLocalChunk) {
        return new Label(role, phase, chunk, place, newLocalChunk, microBatch, iteration, replica, lane);
    }
}
