/** Whole analyses of exports that the simulator cannot write, and of damaged ones. */
package io.github.bubbletrace.exports;
