package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.IntColumn;

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
}
