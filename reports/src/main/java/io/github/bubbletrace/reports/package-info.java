/**
 * Analysis in, files out; {@code output} lists them. Below it one folder a kind of report; below those what they share: {@code
 * markup}, {@code verdict}, {@code figures}, {@code text}. Everything that came from a trace is escaped and bounded here.
 */
package io.github.bubbletrace.reports;
