/** Finds the pipeline of traces whose ranges name no task: from kernels and transfers alone. */
package io.github.bubbletrace.pipeline.unlabelled;
