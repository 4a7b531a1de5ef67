package io.github.bubbletrace.format.capture;

/** Tags of the records in a capture, as native-hooks/FORMAT.md numbers them. */
final class Tag {

    static final int STRING = 1;
    static final int IDENTITY = 2;
    static final int ANCHOR = 3;
    static final int COUNTER = 4;
    static final int END = 7;
    static final int KERNEL = 16;
    static final int COPY = 17;
    static final int PEER_COPY = 18;
    static final int MEMSET = 19;
    static final int CALL = 20;
    static final int SYNCHRONISATION = 21;
    static final int MARKER = 22;
    static final int SPAN = 23;
    static final int OVERHEAD = 24;
    static final int GRAPH = 25;
    static final int MEMORY = 26;

    private Tag() {}
}
