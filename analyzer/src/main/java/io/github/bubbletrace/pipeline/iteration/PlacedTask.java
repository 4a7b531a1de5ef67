package io.github.bubbletrace.pipeline.iteration;

import io.github.bubbletrace.pipeline.extract.TaskLayers;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.schedule.Action;

/**
 * A task whose chunk is known.
 *
 * @param device index in {@link Fleet#devices}
 * @param action phase, chunk over the whole pipeline, micro-batch
 * @param iteration iteration, or -1 where no mark tells
 * @param startNs start of its hull on the document's axis
 * @param endNs end of its hull
 * @param layers what its layers took
 */
public record PlacedTask(int device, Action action, int iteration, long startNs, long endNs, TaskLayers layers) {

    PlacedTask inIteration(int number) {
        return new PlacedTask(device, action, number, startNs, endNs, layers);
    }
}
