/** Logs of named spans (timers): what a span says, CSV files of them, and the ranges they become. */
package io.github.bubbletrace.format.spans;
