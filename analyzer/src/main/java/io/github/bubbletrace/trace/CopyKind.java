package io.github.bubbletrace.trace;

/** Where a memory operation goes. */
public enum CopyKind {
    /** Between two GPUs. */
    PEER,
    /** From or to the host. */
    HOST,
    /** Within one GPU, or a memset: work of the device itself. */
    LOCAL
}
