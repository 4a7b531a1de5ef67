package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/** Forwards only; with several chunks a device takes groups of p micro-batches through them, as interleaved 1F1B does. */
final class ForwardGenerator implements ScheduleGenerator {

    @Override
    public List<Schedule> variants(Shape shape, RecordedIteration recorded) {
        List<Schedule> variants = new ArrayList<>(variants(shape));
        if (shape.chunksPerDevice() > 1) {
            GroupSizes.of(recorded).forEach(group -> variants.add(generate(shape.inGroupsOf(group))));
        }
        return variants;
    }

    @Override
    public Schedule generate(Shape shape) {
        int group = shape.groupSize() == 0 ? shape.devices() : shape.groupSize();
        return Schedule.roundRobin("forward", shape, new MicroBatchGroups(shape, group)::forwards);
    }
}
