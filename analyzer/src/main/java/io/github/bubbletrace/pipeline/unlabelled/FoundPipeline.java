package io.github.bubbletrace.pipeline.unlabelled;

import java.util.List;

/**
 * A pipeline that structure shows.
 *
 * @param devices its devices from the first stage to the last
 * @param chunksPerDevice chunks on each
 * @param tasks everything that it ran
 * @param unexplained compute kernels on its devices that are part of no task
 */
public record FoundPipeline(List<Integer> devices, int chunksPerDevice, List<FoundTask> tasks, int unexplained) {}
