/** What commands print. */
package io.github.bubbletrace.reports.terminal;
