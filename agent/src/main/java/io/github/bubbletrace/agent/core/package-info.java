/** The agent itself, in a class loader of its own: options, rules, transformation, recording. */
package io.github.bubbletrace.agent.core;
