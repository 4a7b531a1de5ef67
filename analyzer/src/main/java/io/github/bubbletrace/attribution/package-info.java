/** Splits every idle nanosecond of a window into causes by replaying its recorded order five times. */
package io.github.bubbletrace.attribution;
