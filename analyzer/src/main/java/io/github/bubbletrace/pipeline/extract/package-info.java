/** From the events of one file to what a pipeline is made of: tasks, transfers, device activity, held memory. */
package io.github.bubbletrace.pipeline.extract;
