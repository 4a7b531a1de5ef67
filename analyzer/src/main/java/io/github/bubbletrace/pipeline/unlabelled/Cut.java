package io.github.bubbletrace.pipeline.unlabelled;

/**
 * What one device ran, cut into tasks by its sends: a task ends where its output leaves. Tasks without a send of their own
 * lie before those with one.
 *
 * @param forward tasks of forwards
 * @param backward tasks of backwards
 * @param unexplained kernels that belong to no task
 * @param isByShare whether a forward and a backward that never show apart were cut by the shares that other stages show
 */
record Cut(Tasks forward, Tasks backward, int unexplained, boolean isByShare) {}
