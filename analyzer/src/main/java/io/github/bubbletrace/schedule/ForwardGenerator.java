package io.github.bubbletrace.schedule;

/** Forwards only; with several chunks a device takes groups of p micro-batches through them, as interleaved 1F1B does. */
final class ForwardGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        return Schedule.roundRobin("forward", shape, new MicroBatchGroups(shape, shape.devices())::forwards);
    }
}
