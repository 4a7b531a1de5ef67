package io.github.bubbletrace.trace;

/** Why a host thread did not run its own code. */
public enum StopKind {
    /** The runtime stopped all threads of its process: garbage collection and the like. */
    PAUSE,
    /** The thread waited for another one's work: in a queue. */
    WAIT,
    /** The runtime worked beside the threads and may have slowed them: compilation. */
    BESIDE
}
