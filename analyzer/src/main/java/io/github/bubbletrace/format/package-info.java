/** Trace formats: one enum line and one folder each. */
package io.github.bubbletrace.format;
