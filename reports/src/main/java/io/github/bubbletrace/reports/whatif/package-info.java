/** What changes would bring, and what stragglers cost. */
package io.github.bubbletrace.reports.whatif;
