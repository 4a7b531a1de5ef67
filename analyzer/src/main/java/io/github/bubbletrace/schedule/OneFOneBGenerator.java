package io.github.bubbletrace.schedule;

import java.util.Optional;

/** Device d runs p - 1 - d forwards ahead, then a forward and a backward in turn, then the backwards that are left. */
final class OneFOneBGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        MicroBatchGroups groups = new MicroBatchGroups(shape, shape.devices());
        int p = shape.devices();
        return Schedule.roundRobin("1f1b", shape, device -> groups.warmedUp(device, p - 1 - device));
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return shape.chunksPerDevice() == 1
                ? Optional.empty()
                : Optional.of("1f1b has one chunk per device; with more it is called interleaved");
    }
}
