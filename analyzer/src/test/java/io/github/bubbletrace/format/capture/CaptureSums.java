package io.github.bubbletrace.format.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Makes the checksums of a damaged capture right again, as somebody would who means harm. */
final class CaptureSums {

    private static final int HEADER = 20;

    private CaptureSums() {}

    static void makeRight(byte[] capture) {
        ByteBuffer bytes = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        int at = ChunkStream.FILE_HEADER;
        while (at + HEADER <= capture.length) {
            int length = bytes.getInt(at + 12);
            if (length < 0 || length > capture.length - at - HEADER) {
                return;
            }
            CRC32C crc = new CRC32C();
            crc.update(capture, at, 16);
            crc.update(capture, at + HEADER, length);
            bytes.putInt(at + 16, (int) crc.getValue());
            at += HEADER + length;
        }
    }
}
