/** Simulated pipeline runs with planted causes, written as the traces a profiler would have recorded. */
package io.github.bubbletrace.simulation;
