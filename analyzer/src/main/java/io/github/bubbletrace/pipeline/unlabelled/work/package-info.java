/** What is read: kernels, sends and receives of each device, and how a reading says that it failed. */
package io.github.bubbletrace.pipeline.unlabelled.work;
