/** Tasks, causes, transfers and kernels as a trace that ui.perfetto.dev opens. */
package io.github.bubbletrace.reports.perfetto;
