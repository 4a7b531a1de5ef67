package io.github.bubbletrace.simulation;

/** The numbers of the NVTX event types that a simulation writes. */
final class NvtxType {

    static final int THREAD_NAME = 39;
    static final int PUSH_POP = 59;
    static final int DOMAIN_CREATE = 75;

    private NvtxType() {}
}
