package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;

/** Clock anchors, and what they say of the process. Anchors of one process differ by its JVM's scheduling alone. */
final class Anchors {

    private final LongColumn aheadNs = new LongColumn();
    private final LongColumn monotonicAheadNs = new LongColumn();
    private long pid = -1;
    private int replica;
    private int replicas = 1;
    private long failures;

    void add(long startNs, long utcNs, long nanoTime, long ofPid, int ofReplica, int ofReplicas, long failed) {
        aheadNs.add(utcNs - startNs);
        monotonicAheadNs.add(nanoTime - startNs);
        pid = ofPid;
        replica = Math.max(0, ofReplica);
        replicas = Math.max(1, ofReplicas);
        failures = Math.max(failures, failed);
    }

    boolean isEmpty() {
        return aheadNs.size() == 0;
    }

    /** How far UTC is ahead of the recording's own times: the median over the anchors, 0 without any. */
    long aheadNs() {
        return median(aheadNs);
    }

    /** How far CLOCK_MONOTONIC is ahead of the recording's own times. */
    long monotonicAheadNs() {
        return median(monotonicAheadNs);
    }

    private static long median(LongColumn column) {
        long[] all = column.toArray();
        Arrays.sort(all);
        return all.length == 0 ? 0 : all[all.length / 2];
    }

    long pid() {
        return pid;
    }

    int replica() {
        return replica;
    }

    int replicas() {
        return replicas;
    }

    long failures() {
        return failures;
    }
}
