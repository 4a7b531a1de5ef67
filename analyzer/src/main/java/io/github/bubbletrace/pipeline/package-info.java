/**
 * From columns to a pipeline. {@code extract} turns each file into tasks and transfers, {@code rank} and {@code clock} say who
 * and when, {@code fleet} puts the files together, {@code iteration} cuts; here they become stages, replicas and windows, and
 * each transfer meets the tasks on both its sides.
 */
package io.github.bubbletrace.pipeline;
