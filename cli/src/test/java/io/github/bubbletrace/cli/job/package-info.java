/** Jobs that the tests start in JVMs of their own. */
package io.github.bubbletrace.cli.job;
