package io.github.bubbletrace.format.nsys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a range of NCCL carries beyond its name. Numbers that are not there are -1.
 *
 * @param communicator what the communicator is called on all its ranks; empty where older versions do not say
 * @param bytes how much is moved
 * @param peer place of the other side in the communicator
 * @param ranks how many ranks the communicator has
 * @param rank the caller's place in it
 */
record NcclPayload(String communicator, long bytes, int peer, int ranks, int rank) {

    /** Domain, a word, schema and a word of 32 bits each, then the payload's size and that of both in 64 bits. */
    private static final int HEADER_BYTES = 32;

    private static final int SCHEMA_AT = 8;
    private static final int PAYLOAD_SIZE_AT = 16;
    private static final int WHOLE_SIZE_AT = 24;

    /** As many digits as any number has, and some. */
    private static final int LONGEST_NUMBER = 24;

    private static final JsonFactory JSON = new JsonFactory();

    /** What the bytes of a payload say, or null where they are not as the schemas of {@code domain} promise. */
    static NcclPayload of(byte[] payload, long domain, PayloadSchemas schemas) {
        if (payload.length < HEADER_BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        long size = buffer.getLong(PAYLOAD_SIZE_AT);
        boolean whole = size >= 0
                && size <= payload.length - HEADER_BYTES
                && buffer.getLong(WHOLE_SIZE_AT) == HEADER_BYTES + size
                && Integer.toUnsignedLong(buffer.getInt(0)) == domain;
        PayloadLayout layout = whole ? schemas.of(domain, Integer.toUnsignedLong(buffer.getInt(SCHEMA_AT))) : null;
        if (layout == null || (layout.payloadBytes() != PayloadLayout.NONE && layout.payloadBytes() != size)) {
            return null;
        }
        ByteBuffer fields = buffer.slice(HEADER_BYTES, (int) size).order(ByteOrder.LITTLE_ENDIAN);
        boolean named = fits(layout.communicator(), Long.BYTES, size);
        return new NcclPayload(
                named ? name(fields.getLong(layout.communicator())) : "",
                fits(layout.bytes(), Long.BYTES, size) ? atLeastNone(fields.getLong(layout.bytes())) : -1,
                number(fields, layout.peer(), size),
                number(fields, layout.ranks(), size),
                number(fields, layout.rank(), size));
    }

    /** The same of a payload that the export writes as JSON, or null where it is none. */
    static NcclPayload ofJson(byte[] text) {
        long[] found = new long[PayloadLayout.Field.values().length];
        Arrays.fill(found, -1);
        String communicator = "";
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                PayloadLayout.Field field = PayloadLayout.Field.of(parser.currentName());
                JsonToken value = parser.nextToken();
                String digits = field == null || !value.isScalarValue() ? "" : digits(parser.getText());
                if (!digits.isEmpty() && field == PayloadLayout.Field.COMMUNICATOR) {
                    communicator = name(Long.parseUnsignedLong(digits));
                } else if (!digits.isEmpty()) {
                    found[field.ordinal()] = Long.parseLong(digits);
                }
                parser.skipChildren();
            }
        } catch (IOException | NumberFormatException e) {
            return null;
        }
        long bytes = found[PayloadLayout.Field.BYTES.ordinal()];
        return new NcclPayload(
                communicator,
                bytes >= 0 ? bytes : found[PayloadLayout.Field.OLD_BYTES.ordinal()],
                small(found[PayloadLayout.Field.PEER.ordinal()]),
                small(found[PayloadLayout.Field.RANKS.ordinal()]),
                small(found[PayloadLayout.Field.RANK.ordinal()]));
    }

    /** A number of JSON, or a text of one with its thousands apart. */
    private static String digits(String text) {
        String plain = text.length() > LONGEST_NUMBER + 8 ? "" : text.replace(",", "");
        return plain.length() <= LONGEST_NUMBER && plain.chars().allMatch(c -> c >= '0' && c <= '9') ? plain : "";
    }

    /** NCCL's number of no communicator is 0. */
    private static String name(long communicator) {
        return communicator == 0 ? "" : Long.toHexString(communicator);
    }

    private static int number(ByteBuffer fields, int at, long size) {
        return fits(at, Integer.BYTES, size) ? small(fields.getInt(at)) : -1;
    }

    private static boolean fits(int at, int bytes, long size) {
        return at >= 0 && at + bytes <= size;
    }

    private static int small(long value) {
        return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    private static long atLeastNone(long value) {
        return Math.max(-1, value);
    }
}
