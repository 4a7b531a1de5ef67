package io.github.bubbletrace.simulation;

import io.github.bubbletrace.trace.LongColumn;

/** Gives each communication kernel the first stream that is free when it starts, so that kernels never wait for each other. */
final class StreamPool {

    private final LongColumn freeNs = new LongColumn();

    /** The stream, counted from 0, for a kernel of that time. Kernels must come in the order of their starts. */
    int take(long startNs, long endNs) {
        int stream = 0;
        while (stream < freeNs.size() && freeNs.get(stream) > startNs) {
            stream++;
        }
        if (stream == freeNs.size()) {
            freeNs.add(endNs);
        } else {
            freeNs.set(stream, endNs);
        }
        return stream;
    }

    /** How many streams were taken. */
    int size() {
        return freeNs.size();
    }
}
