package io.github.bubbletrace.format.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes captures as native-hooks/FORMAT.md says, independently of the library: chunk by chunk, record by record. */
final class CaptureBytes {

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    private int sequence;
    private int records;

    CaptureBytes() {
        this(1);
    }

    CaptureBytes(int version) {
        file.writeBytes(ChunkStream.MAGIC);
        ByteBuffer rest = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        file.writeBytes(rest.putInt(version).putInt(0).array());
    }

    /** Identity and an anchor at time 0. */
    CaptureBytes begin() {
        return text(Tag.IDENTITY, 0, "pid=7").record(Tag.ANCHOR, 0, 1_700_000_000_000_000_000L, 10);
    }

    CaptureBytes record(int tag, long... numbers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long number : numbers) {
            put(body, number);
        }
        return raw(tag, body.toByteArray());
    }

    CaptureBytes text(int tag, long number, String text) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        put(body, number);
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return raw(tag, body.toByteArray());
    }

    CaptureBytes raw(int tag, byte[] body) {
        chunk.write(tag);
        put(chunk, body.length);
        chunk.writeBytes(body);
        records++;
        return this;
    }

    /** Ends the chunk. */
    CaptureBytes chunk() {
        byte[] payload = chunk.toByteArray();
        ByteBuffer header = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        header.put("BTck".getBytes(StandardCharsets.US_ASCII))
                .putInt(sequence++)
                .putInt(records)
                .putInt(payload.length);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, 16);
        crc.update(payload);
        header.putInt((int) crc.getValue());
        file.writeBytes(header.array());
        file.writeBytes(payload);
        chunk.reset();
        records = 0;
        return this;
    }

    byte[] bytes() {
        chunk();
        return file.toByteArray();
    }

    /** A number as records relative to another hold it. */
    static long signed(long difference) {
        return (difference << 1) ^ (difference >> 63);
    }

    private static void put(ByteArrayOutputStream to, long number) {
        long left = number;
        while ((left & ~127L) != 0) {
            to.write((int) (left & 127) | 128);
            left >>>= 7;
        }
        to.write((int) left);
    }
}
