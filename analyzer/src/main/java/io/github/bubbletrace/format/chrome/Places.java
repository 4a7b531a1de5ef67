package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;

/** Where and when things are in a trace, each with a number: columns of process, thread, time and the number. */
final class Places {

    /** No number. */
    static final long NONE = Long.MIN_VALUE;

    private final LongColumn process = new LongColumn();
    private final LongColumn thread = new LongColumn();
    private final LongColumn timeNs = new LongColumn();
    private final LongColumn number = new LongColumn();
    private int[] byTime = new int[0];

    /** Adds a place, of process, thread and time. */
    void add(long[] place, long newNumber) {
        process.add(place[0]);
        thread.add(place[1]);
        timeNs.add(place[2]);
        number.add(newNumber);
    }

    int size() {
        return number.size();
    }

    long number(int row) {
        return number.get(row);
    }

    long[] place(int row) {
        return new long[] {process.get(row), thread.get(row), timeNs.get(row)};
    }

    /** The number at {@code place}, or {@link #NONE}. */
    long at(long[] place) {
        if (byTime.length != size()) {
            byTime = RadixOrder.of(timeNs.toArray());
        }
        for (int i = first(place[2]); i < byTime.length && timeNs.get(byTime[i]) == place[2]; i++) {
            int row = byTime[i];
            if (process.get(row) == place[0] && thread.get(row) == place[1]) {
                return number.get(row);
            }
        }
        return NONE;
    }

    private int first(long time) {
        int low = 0;
        int high = byTime.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timeNs.get(byTime[middle]) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
