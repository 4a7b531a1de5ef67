/** The result of an analysis as immutable values: what the JSON document says, and what renderers read. */
package io.github.bubbletrace.analysis;
