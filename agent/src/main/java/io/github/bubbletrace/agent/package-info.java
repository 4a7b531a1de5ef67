/** The entry point, the only class of the agent that the application's class loader can see. */
package io.github.bubbletrace.agent;
