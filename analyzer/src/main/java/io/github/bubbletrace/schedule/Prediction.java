package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a schedule costs when nothing goes wrong.
 *
 * @param schedule name of the kind
 * @param shape devices, chunks and micro-batches
 * @param makespanNs from the first task's start to the last task's end
 * @param idealNs what the busiest device computes: the makespan without any bubble
 * @param bubble idle time of all devices as a share of their makespans
 * @param bubbleOfIdeal makespan beyond the ideal as a share of the ideal
 * @param closedFormBubble {@link ClosedForms#bubble}; empty where none is known
 * @param utilisation busy time of all devices as a share of their makespans: 1 - bubble
 * @param speedUp over naive model parallelism with one chunk a device and the same transfers; without transfers
 *     pm/(m+p-1) for GPipe and 1F1B
 * @param latencyNs of a micro-batch: from its first task's start to its last task's end, mean over the micro-batches
 * @param firstLatencyNs of the micro-batch that starts first, which finds the pipeline empty
 * @param throughput micro-batches per second
 * @param stages what it asks of each device
 * @param decode the steady state of a decode loop; empty for other kinds
 */
public record Prediction(
        String schedule,
        Shape shape,
        long makespanNs,
        long idealNs,
        double bubble,
        double bubbleOfIdeal,
        OptionalDouble closedFormBubble,
        double utilisation,
        double speedUp,
        long latencyNs,
        long firstLatencyNs,
        double throughput,
        List<StagePrediction> stages,
        Optional<DecodePrediction> decode) {

    /** Chunk activations that each device holds at most. */
    public List<Integer> peakInFlight() {
        return stages.stream().map(StagePrediction::peakInFlight).toList();
    }

    /** The device that waits longest, the first of equal ones. */
    public int worstDevice() {
        int worst = 0;
        for (int device = 1; device < stages.size(); device++) {
            worst = stages.get(device).idleNs() > stages.get(worst).idleNs() ? device : worst;
        }
        return worst;
    }
}
