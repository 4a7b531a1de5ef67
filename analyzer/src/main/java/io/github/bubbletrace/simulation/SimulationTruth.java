package io.github.bubbletrace.simulation;

import java.util.List;

/**
 * What an analysis of a simulated trace has to find.
 *
 * @param windowNs of each iteration, from the first task's start to the last task's end
 * @param planted the disturbances, apart from the schedule's own structure
 */
public record SimulationTruth(List<Long> windowNs, List<PlantedCause> planted) {

    /** Copies the lists. */
    public SimulationTruth {
        windowNs = List.copyOf(windowNs);
        planted = List.copyOf(planted);
    }
}
