package io.github.bubbletrace.reports;

/** A page that cannot be made as small as wanted. */
public final class PageSizeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long leastBytes;

    /** The page would have {@code leastBytes} and may have {@code maxBytes}. */
    public PageSizeException(long leastBytes, long maxBytes) {
        super("the page needs " + leastBytes + " bytes, of which " + maxBytes + " are allowed");
        this.leastBytes = leastBytes;
    }

    /** The size it would have. */
    public long leastBytes() {
        return leastBytes;
    }
}
