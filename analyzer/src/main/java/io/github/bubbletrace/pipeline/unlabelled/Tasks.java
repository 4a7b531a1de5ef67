package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.IntColumn;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Tasks of one device and direction in their order, as kernels from one up to another. */
final class Tasks {

    private final IntColumn first = new IntColumn();
    private final IntColumn end = new IntColumn();
    private final IntColumn send = new IntColumn();

    void add(int firstKernel, int endKernel, int operation) {
        first.add(firstKernel);
        end.add(endKernel);
        send.add(operation);
    }

    /** How many there are. */
    int size() {
        return first.size();
    }

    /** Its first kernel. */
    int first(int task) {
        return first.get(task);
    }

    /** The kernel after its last one. */
    int end(int task) {
        return end.get(task);
    }

    /** The operation that sends its output, or {@link Operations#NONE}. */
    int send(int task) {
        return send.get(task);
    }

    /** How many kernels the middle one of them has; 0 where there is none. */
    int usualLength() {
        int[] lengths =
                IntStream.range(0, size()).map(t -> end(t) - first(t)).sorted().toArray();
        return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    }

    /** The share of the tasks that run the commonest programme: kernels of the same names in the same order. */
    double likeness(DeviceWork work) {
        Map<Integer, Integer> count = new HashMap<>();
        int most = 0;
        for (int t = 0; t < size(); t++) {
            int programme = 1;
            for (int kernel = first(t); kernel < end(t); kernel++) {
                programme = 31 * programme + work.name(kernel);
            }
            most = Math.max(most, count.merge(programme, 1, Integer::sum));
        }
        return size() == 0 ? 0 : (double) most / size();
    }
}
