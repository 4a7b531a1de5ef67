/** Analysis in, files out: one class per output. Everything that came from a trace is escaped and bounded here. */
package io.github.bubbletrace.reports;
