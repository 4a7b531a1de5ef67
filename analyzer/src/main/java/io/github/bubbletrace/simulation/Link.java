package io.github.bubbletrace.simulation;

/**
 * What joins two devices, in both directions.
 *
 * @param low the lower rank
 * @param high the higher rank
 */
public record Link(int low, int high) {

    /** The link between two ranks, in either order. */
    public static Link between(int one, int other) {
        return new Link(Math.min(one, other), Math.max(one, other));
    }
}
