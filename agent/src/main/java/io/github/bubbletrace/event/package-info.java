/** What instrumented methods call: Flight Recorder events, in a jar of their own that the bootstrap loader holds. */
package io.github.bubbletrace.event;
