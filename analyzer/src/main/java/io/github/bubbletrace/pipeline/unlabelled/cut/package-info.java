/** Which kernels are a task: chains, rings, a V, recomputed and split backwards. */
package io.github.bubbletrace.pipeline.unlabelled.cut;
