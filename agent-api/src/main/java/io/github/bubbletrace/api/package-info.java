/** How a job names its stages in its own code. Does nothing, and costs next to nothing, without the agent. */
package io.github.bubbletrace.api;
