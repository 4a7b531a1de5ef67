/** The command line: one class per command. Only {@link io.github.bubbletrace.cli.Main} ends the process. */
package io.github.bubbletrace.cli;
