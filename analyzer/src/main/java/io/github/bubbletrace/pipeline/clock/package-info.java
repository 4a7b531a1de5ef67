/** Puts the files' clocks on one axis, corrects them by what devices exchanged, and says how far off they may still be. */
package io.github.bubbletrace.pipeline.clock;
