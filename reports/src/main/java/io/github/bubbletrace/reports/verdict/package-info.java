/** What is said first: where the time went, how sure that is, and what is not known. */
package io.github.bubbletrace.reports.verdict;
