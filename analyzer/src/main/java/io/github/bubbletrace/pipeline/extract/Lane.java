package io.github.bubbletrace.pipeline.extract;

/**
 * One GPU of one process of one file; a process of a trace without GPU activity is a lane of its own.
 *
 * @param process number of the process in its trace
 * @param gpu the process's ordinal of the GPU, or -1
 */
public record Lane(int process, int gpu) {}
