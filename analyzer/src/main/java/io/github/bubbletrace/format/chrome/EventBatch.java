package io.github.bubbletrace.format.chrome;

import java.util.Arrays;

/** The events of one block that are of use, with the texts they name; used again for one block after the other. */
final class EventBatch implements EventSink {

    /** More events than a block of a real trace holds. */
    private static final int MAX_EVENTS = 1 << 16;

    private final TextPool texts = new TextPool();
    private final EventCounts counts = new EventCounts();
    private Event[] events = new Event[256];
    private int size;
    private boolean full;

    void clear() {
        texts.clear();
        counts.clear();
        size = 0;
        full = false;
    }

    @Override
    public Event next() {
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        if (events[size] == null) {
            events[size] = new Event();
        }
        return events[size];
    }

    @Override
    public void add(boolean isOfUse) {
        counts.read();
        if (isOfUse && size < MAX_EVENTS - 1) {
            size++;
        } else if (isOfUse) {
            full = true;
        }
    }

    /** Whether there were more events than it holds. */
    boolean isFull() {
        return full;
    }

    int size() {
        return size;
    }

    Event get(int index) {
        return events[index];
    }

    TextPool texts() {
        return texts;
    }

    EventCounts counts() {
        return counts;
    }
}
