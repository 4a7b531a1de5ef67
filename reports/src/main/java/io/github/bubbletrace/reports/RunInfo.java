package io.github.bubbletrace.reports;

/**
 * What a report says about the run of the tool itself, and how large its page may be.
 *
 * @param version version of the tool
 * @param command the command that makes the same report again
 * @param maxPageBytes the page is never larger
 */
public record RunInfo(String version, String command, long maxPageBytes) {

    /** What old ticket systems still take. */
    public static final long DEFAULT_MAX_PAGE_BYTES = 10_000_000;

    /** A run whose page is of the usual size at most. */
    public RunInfo(String version, String command) {
        this(version, command, DEFAULT_MAX_PAGE_BYTES);
    }
}
