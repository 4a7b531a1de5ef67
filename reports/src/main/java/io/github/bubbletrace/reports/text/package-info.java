/** Numbers and names as people read them: units, causes, phases, schedules; what came from a trace is cleaned and bounded. */
package io.github.bubbletrace.reports.text;
