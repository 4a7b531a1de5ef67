/** Flight Recorder recordings: stage spans and hand-overs of the Java agent, and what stopped the JVM's threads. */
package io.github.bubbletrace.format.jfr;
