package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * Steps of a job that take longer or shorter than all that follow.
 *
 * @param from number of the first iteration that follows
 * @param leftOut numbers of the iterations that predictions are made without; none where the level changes too late to tell
 *     which part is the job
 * @param difference the median step before over the median of those that follow, less 1
 * @param predictionErrorOfAll the prediction error over all steps that count, or null where unknown
 */
public record LevelShift(int from, List<Integer> leftOut, double difference, Double predictionErrorOfAll) {

    /** Copies the list. */
    public LevelShift {
        leftOut = List.copyOf(leftOut);
    }
}
