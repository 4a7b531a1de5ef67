package io.github.bubbletrace.format.chrome;

/**
 * A part of a trace file, cut between two events as far as its bytes can tell, and the events read from it. The bytes
 * begin with room for what makes a list of them.
 */
final class Block {

    /** Room before the part's own bytes. */
    static final int ROOM = 16;

    final byte[] bytes;

    /** End of the part's own bytes. */
    int end;

    /** Where the comma stands that parts it from the next block; -1 in the last block and where no cut was found. */
    int comma;

    /** Whether nothing follows. */
    boolean isLast;

    /** What ended the file early, or null. */
    Exception failure;

    /** Whether its events are in {@link #batch}, and the block held whole events and nothing else. */
    boolean isClean;

    final EventBatch batch = new EventBatch();

    Block(int size) {
        bytes = new byte[ROOM + size];
    }

    /** How many bytes of the file it holds. */
    int length() {
        return end - ROOM;
    }
}
