package io.github.bubbletrace.reports.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Pixels as a PNG file of true colours. Java's own writer takes each row apart pixel by pixel, which costs several times
 * what the drawing does. Here every row is the difference to the one above (filter type 2 of the PNG specification):
 * most rows of a chart repeat it.
 */
final class PngEncoder {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BITS = 8;
    private static final int TRUE_COLOUR = 2;
    private static final byte UP = 2;
    private static final int BYTES = 3;

    private PngEncoder() {}

    /** Writes {@code pixels}, row by row from the top, each as 0xRRGGBB, to {@code out}, which stays open. */
    static void write(int[] pixels, int width, OutputStream out) throws IOException {
        DataOutputStream file = new DataOutputStream(out);
        file.write(SIGNATURE);
        chunk(file, "IHDR", header(width, pixels.length / width));
        chunk(file, "IDAT", compressed(pixels, width));
        chunk(file, "IEND", new byte[0]);
        file.flush();
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(bytes);
        header.writeInt(width);
        header.writeInt(height);
        header.write(new byte[] {BITS, TRUE_COLOUR, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] compressed(int[] pixels, int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, deflater, 1 << 15)) {
            byte[] row = new byte[1 + BYTES * width];
            int[] black = new int[width];
            row[0] = UP;
            for (int at = 0; at < pixels.length; at += width) {
                if (at == 0) {
                    difference(pixels, 0, black, 0, row);
                } else {
                    difference(pixels, at, pixels, at - width, row);
                }
                deflated.write(row);
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** Fills {@code row} behind its filter type with what each colour differs from the one above it. */
    private static void difference(int[] pixels, int at, int[] others, int above, byte[] row) {
        Arrays.fill(row, 1, row.length, (byte) 0);
        int width = (row.length - 1) / BYTES;
        int first = Arrays.mismatch(pixels, at, at + width, others, above, above + width);
        for (int x = first < 0 ? width : first; x < width; x++) {
            int pixel = pixels[at + x];
            int other = others[above + x];
            if (pixel != other) {
                row[1 + BYTES * x] = (byte) ((pixel >> 16) - (other >> 16));
                row[2 + BYTES * x] = (byte) ((pixel >> 8) - (other >> 8));
                row[3 + BYTES * x] = (byte) (pixel - other);
            }
        }
    }

    private static void chunk(DataOutputStream file, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        file.writeInt(content.length);
        file.write(name);
        file.write(content);
        file.writeInt((int) check.getValue());
    }
}
