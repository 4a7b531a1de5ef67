/** Cuts tasks into iterations. */
package io.github.bubbletrace.pipeline.iteration;
