package io.github.bubbletrace.format.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the first 100 bytes of an SQLite file say.
 *
 * @param pageSize bytes of a page, a power of two from 512 to 65536
 * @param usable bytes of a page that hold content; the rest is reserved
 * @param pages how many pages the file has, numbered from 1
 */
record FileHeader(int pageSize, int usable, long pages) {

    static final int BYTES = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int WAL = 2;
    private static final int UTF_8 = 1;
    private static final int SMALLEST_USABLE = 480;

    /** Reads the header of a file of {@code fileBytes}. */
    static FileHeader of(byte[] head, long fileBytes) {
        ByteBuffer in = ByteBuffer.wrap(head);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        DoubtException.unless(java.util.Arrays.equals(magic, MAGIC), "magic");
        int stored = in.getShort(16) & 0xffff;
        int pageSize = stored == 1 ? 65_536 : stored;
        DoubtException.unless(pageSize >= 512 && Integer.bitCount(pageSize) == 1, "page size");
        int usable = pageSize - (in.get(20) & 0xff);
        DoubtException.unless(usable >= SMALLEST_USABLE, "reserved bytes");
        DoubtException.unless(in.get(18) >= 1 && in.get(18) <= WAL && in.get(19) >= 1 && in.get(19) <= WAL, "version");
        DoubtException.unless(in.get(21) == 64 && in.get(22) == 32 && in.get(23) == 32, "payload fractions");
        DoubtException.unless(in.getInt(44) >= 1 && in.getInt(44) <= 4, "schema format");
        DoubtException.unless(in.getInt(56) == UTF_8, "text encoding");
        return new FileHeader(pageSize, usable, pages(in, pageSize, fileBytes));
    }

    /** The stored count holds only where the last writer kept it up to date. */
    private static long pages(ByteBuffer in, int pageSize, long fileBytes) {
        long whole = fileBytes / pageSize;
        long stored = in.getInt(28) & 0xffffffffL;
        boolean current = stored > 0 && in.getInt(24) == in.getInt(92);
        DoubtException.unless(!current || stored <= whole, "file is shorter than its header says");
        long pages = current ? stored : whole;
        DoubtException.unless(pages >= 1 && pages < Integer.MAX_VALUE, "page count");
        return pages;
    }
}
