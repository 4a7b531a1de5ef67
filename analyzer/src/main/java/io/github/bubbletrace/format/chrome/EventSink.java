package io.github.bubbletrace.format.chrome;

/** Takes the events of a list, one after the other. */
interface EventSink {

    /** The object to read the next event into. */
    Event next();

    /** The next event was read; where it is not of use, it was only counted. */
    void add(boolean isOfUse);
}
