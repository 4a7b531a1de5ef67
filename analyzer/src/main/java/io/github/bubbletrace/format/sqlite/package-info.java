/** Tables of SQLite files read straight from their pages, where the file leaves no doubt; every doubt is a refusal. */
package io.github.bubbletrace.format.sqlite;
