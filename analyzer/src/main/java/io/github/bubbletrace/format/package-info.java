/** Input formats: one folder a format, and what is said of a file that none of them can use. */
package io.github.bubbletrace.format;
