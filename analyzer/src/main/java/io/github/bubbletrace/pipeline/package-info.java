/** From columns to a pipeline: tasks out of labelled ranges, transfers between them, stages, replicas, iterations. */
package io.github.bubbletrace.pipeline;
