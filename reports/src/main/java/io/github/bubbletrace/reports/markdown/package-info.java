/** The report for pasting. */
package io.github.bubbletrace.reports.markdown;
