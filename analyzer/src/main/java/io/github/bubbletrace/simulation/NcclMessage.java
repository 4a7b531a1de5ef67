package io.github.bubbletrace.simulation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The payload of one of the communication library's ranges.
 *
 * @param schema which one
 * @param communicator number of the communicator on all its ranks
 * @param fields what follows it
 */
record NcclMessage(Schema schema, long communicator, List<Long> fields) {

    private static final int HEADER_BYTES = 32;

    /** What a payload holds beside the communicator, as version 2.27 of NCCL declares it. */
    enum Schema {
        /** Communicators made. */
        INIT(16_777_218),
        /** Collectives that reduce; what they do with the numbers is left out. */
        ALL_REDUCE(16_777_220),
        /** Sends. */
        SEND(16_777_225),
        /** Receives. */
        RECEIVE(16_777_226);

        private final int id;

        Schema(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }

        private List<String> names() {
            return switch (this) {
                case INIT -> List.of("NCCL communicator ID", "No. of ranks", "Rank", "CUDA device");
                case ALL_REDUCE -> List.of("NCCL communicator ID", "Message size [bytes]");
                case SEND, RECEIVE -> List.of("NCCL communicator ID", "Message size [bytes]", "Peer rank");
            };
        }

        int entries() {
            return names().size();
        }

        String name(int entry) {
            return names().get(entry);
        }

        /** NVTX's number of its type: 18 for 64 bits, 22 for a size, 5 for an int. */
        int type(int entry) {
            return entry == 0 ? 18 : isSize(entry) ? 22 : 5;
        }

        int offset(int entry) {
            int offset = 0;
            for (int before = 0; before < entry; before++) {
                offset += before == 0 || isSize(before) ? Long.BYTES : Integer.BYTES;
            }
            return offset;
        }

        /** Its length, a multiple of the longest field's. */
        int bytes() {
            return (offset(entries()) + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        }

        private boolean isSize(int entry) {
            return entry < entries() && name(entry).startsWith("Message");
        }
    }

    static NcclMessage of(Schema schema, long communicator, long... fields) {
        return new NcclMessage(
                schema, communicator, Arrays.stream(fields).boxed().toList());
    }

    /** A header that says the domain, the schema and both sizes, then the fields. */
    byte[] bytes(int domain) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + schema.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(domain).putInt(0).putInt(schema.id()).putInt(0);
        bytes.putLong(schema.bytes()).putLong(HEADER_BYTES + schema.bytes()).putLong(communicator);
        for (int i = 0; i < fields.size(); i++) {
            if (schema.isSize(i + 1)) {
                bytes.putLong(fields.get(i));
            } else {
                bytes.putInt(fields.get(i).intValue());
            }
        }
        return bytes.array();
    }

    String json() {
        StringBuilder json = new StringBuilder("{\"" + schema.name(0) + "\":" + Long.toUnsignedString(communicator));
        for (int i = 0; i < fields.size(); i++) {
            json.append(",\"").append(schema.name(i + 1)).append("\":").append(fields.get(i));
        }
        return json.append('}').toString();
    }
}
