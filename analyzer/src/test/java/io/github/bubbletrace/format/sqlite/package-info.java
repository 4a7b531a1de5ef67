/** The pages read straight against SQLite's own library. */
package io.github.bubbletrace.format.sqlite;
