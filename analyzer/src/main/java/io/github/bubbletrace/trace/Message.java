package io.github.bubbletrace.trace;

/**
 * What a trace says of one communication.
 *
 * @param kind send, receive or collective
 * @param communicator number of the group in which it takes place ({@link TraceBuilder#communicator}), or -1
 * @param peer global rank of the other side of a send or receive, or -1
 * @param member the same as a place in the group, or -1
 * @param bytes how much it moves, or -1
 */
public record Message(Kind kind, int communicator, int peer, int member, long bytes) {

    /** What a communication does. */
    public enum Kind {
        /** The trace does not say. */
        UNKNOWN,
        /** Sends to one rank. */
        SEND,
        /** Receives from one rank. */
        RECV,
        /** Any other. */
        COLLECTIVE
    }
}
