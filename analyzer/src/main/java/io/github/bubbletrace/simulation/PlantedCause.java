package io.github.bubbletrace.simulation;

import io.github.bubbletrace.attribution.Cause;

/**
 * A disturbance that a simulation contains on purpose.
 *
 * @param cause the cause that the idle time it makes belongs to
 * @param where what was disturbed and by how much, as {@code stage 2 x 1.3}
 */
public record PlantedCause(Cause cause, String where) {}
