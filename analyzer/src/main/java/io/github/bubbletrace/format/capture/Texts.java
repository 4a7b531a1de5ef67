package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.trace.StringPool;
import java.util.Arrays;

/** A capture's texts by its own numbers, in the trace's pool. Number 0 is no text. */
final class Texts {

    /** More than a capture of weeks holds. */
    private static final int MAX_NUMBER = 1 << 24;

    private final StringPool pool;
    private final int none;
    private int[] poolIds = new int[1024];
    private long missing;

    Texts(StringPool pool) {
        this.pool = pool;
        none = pool.intern("");
    }

    /** Adds the text {@code number}; the names of kernels come mangled, and leave as a reader writes them. */
    void add(long number, String text) {
        if (number <= 0 || number > MAX_NUMBER) {
            return;
        }
        int place = (int) number;
        if (place >= poolIds.length) {
            poolIds = Arrays.copyOf(poolIds, Math.max(place + 1, poolIds.length + (poolIds.length >> 1)));
        }
        poolIds[place] = 1 + pool.intern(MangledName.plain(text));
    }

    /** Its number in the pool; that of the empty text where it is not there. */
    int poolId(long number) {
        int found = number > 0 && number < poolIds.length ? poolIds[(int) number] : 0;
        missing += number != 0 && found == 0 ? 1 : 0;
        return found == 0 ? none : found - 1;
    }

    /** How often a text was asked for that is not there. */
    long missing() {
        return missing;
    }
}
