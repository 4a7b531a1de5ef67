/** The library's front door: traces in, analysis out. */
package io.github.bubbletrace;
