/** The timeline of the page as compact columns: what the page's script draws. */
package io.github.bubbletrace.reports.timeline;
