/** The document that scripts rely on. */
package io.github.bubbletrace.reports.json;
