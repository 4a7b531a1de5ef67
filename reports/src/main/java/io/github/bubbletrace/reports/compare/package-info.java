/** Reads analysis documents back, from files and pages, and compares two runs. */
package io.github.bubbletrace.reports.compare;
