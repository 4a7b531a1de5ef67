/** The report as one page: its sections, its timeline's data and its script. */
package io.github.bubbletrace.reports.page;
