package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;

/** How ill a send and a receive fit each other, as far as those that surely are transfers show. */
final class Misfit {

    /** What goes elsewhere by its kernels fits less than whatever times say. */
    private static final double ELSEWHERE_NS = 1e10;

    /** Of kernels that go both ways the time says little: less than ends that are apart. */
    private static final double SLIGHTLY = 0.001;

    private final Operations operations;
    private final ComputedBefore computed;
    private final WordWays ways;
    private final long[][] certain;
    private final double[][] certainNs;

    Misfit(Operations operations, ComputedBefore computed, int devices) {
        this.operations = operations;
        this.computed = computed;
        ways = new WordWays(operations, computed, devices);
        certain = new long[devices][devices];
        certainNs = new double[devices][devices];
    }

    /** Notes that a send and a receive surely are one transfer. */
    void note(int send, int receive) {
        certain[operations.device(send)][operations.device(receive)]++;
        certainNs[operations.device(send)][operations.device(receive)] += computed.ns(send);
        ways.note(send, operations.device(receive));
    }

    /**
     * How ill two operations fit each other, in nanoseconds: how long both were there before they ended, how far apart
     * they ended, and how unusual on that link is what was computed before: by its kernels, else by how long it took.
     */
    double of(int one, int other) {
        boolean sends = operations.maySend(one) && operations.mayReceive(other);
        int send = sends ? one : other;
        int receive = sends ? other : one;
        long both = Math.max(operations.startNs(one), operations.startNs(other));
        long apart = Math.abs(operations.endNs(one) - operations.endNs(other));
        return Math.max(0, Math.min(operations.endNs(one), operations.endNs(other)) - both)
                + apart
                + unusual(send, operations.device(receive));
    }

    /** How unusual it is that what was computed before a send goes to a device, in nanoseconds. */
    private double unusual(int send, int receiver) {
        long number = certain[operations.device(send)][receiver];
        double usual = certainNs[operations.device(send)][receiver] / Math.max(1, number);
        double byTime = number == 0 ? computed.ns(send) : Math.abs(computed.ns(send) - usual);
        return switch (ways.way(send, receiver)) {
            case THERE -> 0;
            case ELSEWHERE -> ELSEWHERE_NS;
            case EITHER -> SLIGHTLY * byTime;
            case OPEN -> byTime;
        };
    }
}
