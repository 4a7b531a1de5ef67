/** Replays an order of tasks with given durations, transfers and delays. */
package io.github.bubbletrace.replay;
