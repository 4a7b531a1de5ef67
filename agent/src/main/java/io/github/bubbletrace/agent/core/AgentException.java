package io.github.bubbletrace.agent.core;

/** Why the agent stays out, or a command cannot be followed; the message is one line that says what to do. */
final class AgentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AgentException(String message) {
        super(message);
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
