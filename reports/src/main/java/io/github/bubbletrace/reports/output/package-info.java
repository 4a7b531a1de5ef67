/** The files of a report, written whole or not at all. */
package io.github.bubbletrace.reports.output;
