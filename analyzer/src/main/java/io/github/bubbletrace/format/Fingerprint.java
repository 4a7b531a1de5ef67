package io.github.bubbletrace.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells files apart: SHA-256 of a small file, as {@code sha256sum} prints it; of a large one the digest of its length and of
 * parts of it that lie at equal distances, as reading all of it again would take longer than analysing it.
 */
public final class Fingerprint {

    /** Digests take as long as reading where the JVM has only just started. */
    private static final int LARGEST_WHOLE = 1 << 20;

    private static final int PART = 1 << 12;
    private static final int PARTS = 64;

    private Fingerprint() {}

    /** {@code sha256:} or {@code sha256-of-64-parts:} and the digest in hexadecimal; null where the file cannot be read. */
    public static String of(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = channel.size();
            boolean isWhole = size <= LARGEST_WHOLE;
            if (isWhole) {
                add(channel, 0, size, digest);
            } else {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
                for (int part = 0; part < PARTS; part++) {
                    add(channel, part == PARTS - 1 ? size - PART : size / PARTS * part, PART, digest);
                }
            }
            return (isWhole ? "sha256:" : "sha256-of-64-parts:")
                    + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(FileChannel channel, long from, long length, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        int read;
        do {
            read = channel.read(buffer, from + buffer.position());
        } while (read > 0);
        digest.update(buffer.flip());
    }
}
