/** Tasks, idle time and memory as tables. */
package io.github.bubbletrace.reports.csv;
