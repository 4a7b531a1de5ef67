package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Megatron-LM's interleaved 1F1B: micro-batches go in groups, each group through all chunks of a device before the next
 * group, backwards likewise from the last chunk. Device d warms up with 2(p - 1 - d) + (v - 1) g forwards for groups of
 * g. A group has as many micro-batches as there are devices; the last one is shorter where they do not divide.
 *
 * <p>A shape may ask for groups of another size, as Megatron's {@code --microbatch-group-size-per-virtual-pipeline-stage}
 * does; there the last group must have none or at least as many micro-batches as there are devices.
 *
 * <p>The second variant is PyTorch's, which makes all groups equal: max(1, floor(m / p)) of them.
 */
final class InterleavedGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        return schedule(shape, shape.groupSize() == 0 ? shape.devices() : shape.groupSize());
    }

    @Override
    public List<Schedule> variants(Shape shape) {
        int m = shape.microBatches();
        int rounds = Math.max(1, m / shape.devices());
        int group = m / rounds;
        return shape.groupSize() != 0 || m % rounds != 0 || group == shape.devices()
                ? List.of(generate(shape))
                : List.of(generate(shape), schedule(shape, group));
    }

    /** The sizes that frameworks choose by themselves, and those that the recorded order shows. */
    @Override
    public List<Schedule> variants(Shape shape, RecordedIteration recorded) {
        List<Schedule> variants = new ArrayList<>(variants(shape));
        for (int group : GroupSizes.of(recorded)) {
            if (variants.stream().noneMatch(variant -> variant.shape().groupSize() == group)) {
                variants.add(schedule(shape, group));
            }
        }
        return variants;
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return shape.groupSize() > shape.microBatches()
                ? Optional.of("a group of " + shape.groupSize() + " needs at least as many micro-batches")
                : Optional.empty();
    }

    @Override
    public boolean isAlias(Shape shape) {
        return shape.chunksPerDevice() == 1;
    }

    private static Schedule schedule(Shape shape, int group) {
        MicroBatchGroups groups = new MicroBatchGroups(shape, group);
        return Schedule.roundRobin(
                "interleaved",
                shape.inGroupsOf(group),
                device -> groups.warmedUp(device, warmUp(shape, group, device)));
    }

    /** With one chunk a device the warm-up is plain 1F1B's. */
    private static int warmUp(Shape shape, int group, int device) {
        int ahead = shape.chunksPerDevice() == 1 ? 1 : 2;
        return ahead * (shape.devices() - 1 - device) + (shape.chunksPerDevice() - 1) * group;
    }
}
