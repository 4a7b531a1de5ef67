package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;

/** How many events there were, and of which kinds those that nothing needs were. */
final class EventCounts {

    private long read;
    private long operators;
    private long flows;
    private long instants;
    private long counters;
    private long others;

    /** An event of any kind. */
    void read() {
        read++;
    }

    /** An event of a category that nothing needs. */
    void leaveOutCategory() {
        operators++;
    }

    /** An event of a type that nothing needs. */
    void leaveOutType(char type) {
        switch (type) {
            case 's', 't', 'f' -> flows++;
            case 'i', 'I', 'R' -> instants++;
            case 'C' -> counters++;
            default -> others++;
        }
    }

    long flows() {
        return flows;
    }

    long events() {
        return read;
    }

    void clear() {
        read = 0;
        operators = 0;
        flows = 0;
        instants = 0;
        counters = 0;
        others = 0;
    }

    void add(EventCounts other) {
        read += other.read;
        operators += other.operators;
        flows += other.flows;
        instants += other.instants;
        counters += other.counters;
        others += other.others;
    }

    /** Says what was left out; {@code flowsUsed} of the arrows were of use after all. */
    void log(ImportLog log, long flowsUsed) {
        log.count(Oddity.EVENTS_WITHOUT_USE, operators, "operators, Python frames, GPU copies of ranges");
        log.count(Oddity.EVENTS_WITHOUT_USE, flows - flowsUsed, "arrows (s, t, f)");
        log.count(Oddity.EVENTS_WITHOUT_USE, instants, "instants (i)");
        log.count(Oddity.EVENTS_WITHOUT_USE, counters, "counters (C)");
        log.count(Oddity.EVENTS_WITHOUT_USE, others, "other types");
    }
}
