package io.github.bubbletrace.format.spans;

/**
 * What a span says about where it ran; numbers are -1 where it does not say them.
 *
 * @param replica data-parallel replica
 * @param stage place in the pipeline
 * @param lane tensor-parallel rank
 * @param rank global rank
 * @param process process as the log numbers it
 * @param thread thread as the log numbers it
 */
public record Track(int replica, int stage, int lane, int rank, long process, long thread) {

    /** The same, with what {@code other} says where this says nothing. */
    public Track or(Track other) {
        return new Track(
                replica < 0 ? other.replica : replica,
                stage < 0 ? other.stage : stage,
                lane < 0 ? other.lane : lane,
                rank < 0 ? other.rank : rank,
                process,
                thread);
    }
}
