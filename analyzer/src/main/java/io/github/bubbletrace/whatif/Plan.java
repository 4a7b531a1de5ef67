package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Recomputation;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;

/**
 * What a run is made of: which schedule over which shape.
 *
 * @param kind the schedule, or null where the recorded order is no known one
 * @param stages devices of a lane, p
 * @param chunksPerDevice chunks of a device, v
 * @param microBatches micro-batches of a step, m
 * @param size a micro-batch's size over the recorded one's
 * @param decoding how a decode loop runs
 * @param recomputes whether a forward runs once more before its backward
 * @param segments in how many segments activations are recomputed; 0 for none
 * @param width tensor-parallel width over the recorded one
 * @param collectiveNs what wider tensor parallelism adds to a forward of a stage; twice that to a backward
 */
record Plan(
        ScheduleKind kind,
        int stages,
        int chunksPerDevice,
        int microBatches,
        double size,
        Decoding decoding,
        boolean recomputes,
        int segments,
        double width,
        long collectiveNs) {

    Plan withKind(ScheduleKind newKind, int chunks) {
        return new Plan(
                newKind, stages, chunks, microBatches, size, decoding, recomputes, segments, width, collectiveNs);
    }

    Plan withMicroBatches(int count, double newSize) {
        return new Plan(
                kind, stages, chunksPerDevice, count, newSize, decoding, recomputes, segments, width, collectiveNs);
    }

    Plan withDecoding(Decoding newDecoding) {
        return new Plan(
                kind,
                stages,
                chunksPerDevice,
                microBatches,
                size,
                newDecoding,
                recomputes,
                segments,
                width,
                collectiveNs);
    }

    Plan withStages(int count, double newWidth, long newCollectiveNs) {
        return new Plan(
                kind,
                count,
                chunksPerDevice,
                microBatches,
                size,
                decoding,
                recomputes,
                segments,
                newWidth,
                newCollectiveNs);
    }

    Plan withRecomputation(boolean recompute, int newSegments) {
        return new Plan(
                kind,
                stages,
                chunksPerDevice,
                microBatches,
                size,
                decoding,
                recompute,
                newSegments,
                width,
                collectiveNs);
    }

    /** Devices, chunks and micro-batches as a generator takes them. */
    Shape shape() {
        return new Shape(stages, chunksPerDevice, microBatches).with(decoding.serving());
    }

    /**
     * The order of every device.
     *
     * @throws RefusedChangeException where the kind has no schedule of this shape
     */
    Schedule schedule() {
        PlanCheck.check(this);
        Schedule schedule = kind.generate(shape());
        return recomputes ? Recomputation.of(schedule) : schedule;
    }
}
