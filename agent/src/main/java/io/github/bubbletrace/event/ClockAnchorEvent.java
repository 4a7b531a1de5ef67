package io.github.bubbletrace.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Ties Flight Recorder's clock to the system's, and says whose recording this is. */
@Name("bubbletrace.ClockAnchor")
@Label("Clock Anchor")
@Category("bubbletrace")
@Period("everyChunk")
@StackTrace(false)
public final class ClockAnchorEvent extends Event {

    @Label("Monotonic Clock")
    @Description("System.nanoTime, on Linux CLOCK_MONOTONIC, at the event's start")
    long nanoTime;

    @Label("UTC")
    @Description("Nanoseconds since 1970 at the event's start")
    long utcNs;

    @Label("Process")
    long pid;

    @Label("Replica")
    int replica;

    @Label("Replicas")
    int replicas;

    @Label("Failures")
    @Description("Calls of instrumented methods whose stage or micro-batch could not be read, since the start")
    long failures;

    ClockAnchorEvent() {}
}
