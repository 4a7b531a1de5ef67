/** HTML elements, tables, styles, colours and patterns, all escaped and under one content policy. */
package io.github.bubbletrace.reports.markup;
