/** What range names say: phase, stage, micro-batch, iteration, in the spelling of each framework. */
package io.github.bubbletrace.pipeline.label;
