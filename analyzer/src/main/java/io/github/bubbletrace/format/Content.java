package io.github.bubbletrace.format;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of a file, unpacked where it is packed with gzip or zstd: its bytes tell, not its name. */
public final class Content {

    private static final int BUFFER = 1 << 16;
    private static final int[] GZIP = {0x1f, 0x8b};
    private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};

    private Content() {}

    /**
     * Opens {@code file}. Where packed data ends early or is damaged, the stream ends or fails there.
     *
     * @throws UnusableInputException where it cannot be opened, or later where it unpacks to far more than any trace
     */
    public static InputStream open(Path file) {
        return open(file, bytes -> {});
    }

    /** The same, telling {@code progress} how many bytes more of the file itself were read. */
    public static InputStream open(Path file, LongConsumer progress) {
        try {
            InputStream raw = Files.newInputStream(file);
            try {
                return unpacked(file.toString(), raw, progress);
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw new UnusableInputException(file.toString(), "no permission to read it", "change its permissions", e);
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be read", "check the path and the disk", e);
        }
    }

    /** At most {@code bytes} of the unpacked content, fewer where it ends or is damaged. */
    public static byte[] head(Path file, int bytes) {
        byte[] head = new byte[bytes];
        int size = 0;
        try (InputStream in = open(file)) {
            int read = in.read(head);
            while (read > 0) {
                size += read;
                read = in.read(head, size, bytes - size);
            }
        } catch (IOException | MalformedInputException e) {
            return Arrays.copyOf(head, size);
        }
        return Arrays.copyOf(head, size);
    }

    /** Whether {@code problem} says that packed data ends early or is damaged, rather than that the disk failed. */
    public static boolean isDamage(Throwable problem) {
        return problem instanceof EOFException
                || problem instanceof ZipException
                || problem instanceof MalformedInputException;
    }

    private static InputStream unpacked(String path, InputStream raw, LongConsumer progress) throws IOException {
        byte[] magic = raw.readNBytes(ZSTD.length);
        CountingStream packed = new CountingStream(new Joined(new ByteArrayInputStream(magic), raw), progress);
        if (startsWith(magic, GZIP)) {
            return new ExpansionGuard(path, packed, new GZIPInputStream(packed, BUFFER));
        }
        return startsWith(magic, ZSTD) ? new ExpansionGuard(path, packed, new ZstdInputStream(packed)) : packed;
    }

    private static boolean startsWith(byte[] head, int[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes already taken to look at them, then the rest; closes the file under both. */
    private static final class Joined extends InputStream {

        private final InputStream first;
        private final InputStream rest;

        Joined(InputStream first, InputStream rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            int read = first.read();
            return read >= 0 ? read : rest.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = length == 0 ? 0 : first.read(target, offset, length);
            return read >= 0 ? read : rest.read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            return first.available() + rest.available();
        }

        @Override
        public void close() throws IOException {
            rest.close();
        }
    }
}
