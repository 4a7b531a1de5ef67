package io.github.bubbletrace.format.nsys;

/**
 * Where the fields of one schema of NVTX payloads stand that say something of a communication, in bytes from the payload's
 * beginning; {@link #NONE} where it has no such field.
 *
 * @param payloadBytes how long such payloads are, or {@link #NONE} where the schema does not say
 * @param communicator 8 bytes: the same number on all ranks of a communicator
 * @param bytes 8 bytes: how much is moved
 * @param peer 4 bytes: place of the other side in the communicator
 * @param ranks 4 bytes: how many ranks the communicator has
 * @param rank 4 bytes: the caller's place in it
 */
record PayloadLayout(long payloadBytes, int communicator, int bytes, int peer, int ranks, int rank) {

    /** Not there. */
    static final int NONE = -1;

    /** Longer payloads than any that is kept. */
    private static final long FURTHEST = 1 << 16;

    /** What each name of a field stands for; older versions of NCCL call the size otherwise. */
    enum Field {
        COMMUNICATOR("NCCL communicator ID", Long.BYTES),
        BYTES("Message size [bytes]", Long.BYTES),
        OLD_BYTES("Bytes", Long.BYTES),
        PEER("Peer rank", Integer.BYTES),
        RANKS("No. of ranks", Integer.BYTES),
        RANK("Rank", Integer.BYTES);

        private final String key;
        private final int size;

        Field(String key, int size) {
            this.key = key;
            this.size = size;
        }

        /** The name in schemas and in JSON. */
        String key() {
            return key;
        }

        /** The field of that name, or null. */
        static Field of(String key) {
            for (Field field : values()) {
                if (field.key.equals(key)) {
                    return field;
                }
            }
            return null;
        }
    }

    /** A schema without fields. */
    static PayloadLayout empty(long payloadBytes) {
        return new PayloadLayout(payloadBytes, NONE, NONE, NONE, NONE, NONE);
    }

    /** The same with one field more, unless its type has another length or it lies outside the payload. */
    PayloadLayout with(Field field, int typeBytes, long offset) {
        if (typeBytes != field.size || offset < 0 || offset > FURTHEST) {
            return this;
        }
        if (payloadBytes != NONE && offset + typeBytes > payloadBytes) {
            return this;
        }
        int at = (int) offset;
        return switch (field) {
            case COMMUNICATOR -> new PayloadLayout(payloadBytes, at, bytes, peer, ranks, rank);
            case BYTES, OLD_BYTES -> new PayloadLayout(payloadBytes, communicator, at, peer, ranks, rank);
            case PEER -> new PayloadLayout(payloadBytes, communicator, bytes, at, ranks, rank);
            case RANKS -> new PayloadLayout(payloadBytes, communicator, bytes, peer, at, rank);
            case RANK -> new PayloadLayout(payloadBytes, communicator, bytes, peer, ranks, at);
        };
    }
}
