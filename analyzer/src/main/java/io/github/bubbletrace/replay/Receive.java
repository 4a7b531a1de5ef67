package io.github.bubbletrace.replay;

/** When the receiving side of a transfer is ready, and whether the sender waits for it. */
public enum Receive {
    /** The receive is posted ahead: the transfer starts when the input is finished. */
    PREPOSTED,
    /** The receive is posted after the receiver's previous task: the transfer starts no earlier. */
    SERIAL,
    /** Serial, and the sender's next task starts only after the transfer ended. */
    BLOCKING
}
