package io.github.bubbletrace.format.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads pages through a window of neighbouring ones. The file is read, not mapped: mapped pages count as memory of the
 * process, and a file cut short while it is mapped ends it. One for each thread.
 */
final class PageReader {

    private static final int WINDOW_BYTES = 256 << 10;

    /** Reading this many bytes that nobody asked for costs less than another call. */
    private static final int GAP_BYTES = 16 << 10;

    /** A varint that begins on the last byte of a page is looked at as a whole before it is refused. */
    private static final int SLACK_BYTES = 16;

    private final PageSource source;
    private final FileHeader header;
    private final byte[] window;
    private int firstPage;
    private int loadedPages;

    PageReader(PageSource source) {
        this.source = source;
        header = source.header();
        window = new byte[Math.max(WINDOW_BYTES, header.pageSize()) + SLACK_BYTES];
    }

    /** The bytes in which {@link #load} found the page; the next call may overwrite them. */
    byte[] bytes() {
        return window;
    }

    /** Makes one page available and returns its offset in {@link #bytes}. */
    int load(int page) {
        return load(new int[] {page}, 0);
    }

    /** Makes {@code pages[index]} available, with those that follow it in the list and lie close behind it. */
    int load(int[] pages, int index) {
        int page = pages[index];
        DoubtException.unless(page >= 1 && page <= header.pages(), "page number");
        if (page < firstPage || page >= firstPage + loadedPages) {
            fill(page, lastNear(pages, index) - page + 1);
        }
        return (page - firstPage) * header.pageSize();
    }

    private int lastNear(int[] pages, int index) {
        int last = pages[index];
        int limit = last + (window.length - SLACK_BYTES) / header.pageSize() - 1;
        int gap = 1 + GAP_BYTES / header.pageSize();
        for (int i = index + 1; i < pages.length; i++) {
            if (pages[i] <= last || pages[i] > limit || pages[i] - last > gap || pages[i] > header.pages()) {
                break;
            }
            last = pages[i];
        }
        return last;
    }

    private void fill(int page, int count) {
        loadedPages = 0;
        ByteBuffer target = ByteBuffer.wrap(window, 0, count * header.pageSize());
        long position = (page - 1L) * header.pageSize();
        try {
            while (target.hasRemaining()) {
                int read = source.channel().read(target, position);
                DoubtException.unless(read > 0, "short read");
                position += read;
            }
        } catch (IOException e) {
            throw new DoubtException("unreadable page");
        }
        source.progress().accept((long) count * header.pageSize());
        firstPage = page;
        loadedPages = count;
    }
}
