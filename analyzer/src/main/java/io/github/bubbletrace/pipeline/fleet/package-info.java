/** All files together: devices, jobs, layout, and the tasks and transfers of all on one axis. */
package io.github.bubbletrace.pipeline.fleet;
