package io.github.bubbletrace.schedule;

import java.util.Optional;

/**
 * PipeDream (Narayanan et al. 2019): asynchronous 1F1B. Nothing is flushed between batches: the run is one iteration of
 * all its micro-batches, each stage updates its weights after every backward, and stage d keeps p - d versions of them, so
 * that a backward meets the weights of its forward. Within such a run the order is 1F1B's.
 */
final class PipeDreamGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        MicroBatchGroups groups = new MicroBatchGroups(shape, shape.devices());
        int p = shape.devices();
        return Schedule.roundRobin("pipedream", shape, device -> groups.warmedUp(device, p - 1 - device));
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return ScheduleGenerator.onlyChunks(1, "pipedream", shape);
    }

    /** Without a mark between its batches nothing but their number tells it from 1F1B. */
    @Override
    public boolean isAlias(Shape shape) {
        return true;
    }
}
