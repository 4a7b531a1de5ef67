package io.github.bubbletrace.analysis;

/**
 * What a device did between the end of a window and the start of the next one; all zero after the last window. The
 * first three parts sum to the boundary's length.
 *
 * @param computeNs a compute kernel ran
 * @param communicationNs communication ran, and no compute kernel
 * @param idleNs neither ran
 * @param optimizerNs the part of {@code computeNs} in which optimizer kernels ran
 * @param collectiveNs the part of {@code communicationNs} in which collectives ran: gradient synchronisation
 */
public record Boundary(long computeNs, long communicationNs, long idleNs, long optimizerNs, long collectiveNs) {

    /** No boundary. */
    public static final Boundary NONE = new Boundary(0, 0, 0, 0, 0);

    /** Length of the boundary in nanoseconds. */
    public long totalNs() {
        return computeNs + communicationNs + idleNs;
    }

    /** Part by part sum of both. */
    public Boundary plus(Boundary other) {
        return new Boundary(
                computeNs + other.computeNs,
                communicationNs + other.communicationNs,
                idleNs + other.idleNs,
                optimizerNs + other.optimizerNs,
                collectiveNs + other.collectiveNs);
    }
}
