/** The columnar trace: one class per table, names interned once, and the log of what was odd about the input. */
package io.github.bubbletrace.trace;
