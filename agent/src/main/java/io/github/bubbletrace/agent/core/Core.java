package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Follows commands; its answers are one line that begins with {@code ok:} or {@code error:}. */
public final class Core implements UnaryOperator<String> {

    private static final String GONE = "gone ";

    private final Instrumentation instrumentation;
    private final Path jar;
    private Session session;

    /** The agent of {@code jar} in the JVM of {@code instrumentation}. */
    public Core(Instrumentation instrumentation, Path jar) {
        this.instrumentation = instrumentation;
        this.jar = jar;
    }

    @Override
    public String apply(String text) {
        String answer;
        try {
            answer = "ok: " + follow(Options.parse(text));
        } catch (AgentException e) {
            answer = "error: " + e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            answer = "error: " + e;
        }
        return session == null ? GONE + answer : answer;
    }

    private String follow(Options options) {
        if (options.action() == Options.Action.START) {
            return start(complete(options));
        }
        if (session == null) {
            if (options.action() == Options.Action.STATUS) {
                return "not started";
            }
            throw new AgentException("the agent is not in this JVM; start it first");
        }
        switch (options.action()) {
            case STOP:
                return session.stop();
            case DUMP:
                return session.dump(options.get("file"));
            case DETACH:
                return detach();
            default:
                return session.status();
        }
    }

    private String start(Options options) {
        if (session != null) {
            return session.startAgain(options);
        }
        requireFlightRecorder();
        session = Session.open(instrumentation, jar, options);
        return session.status();
    }

    private String detach() {
        String stopped = session.close();
        session = null;
        return "detached; " + stopped;
    }

    private static void requireFlightRecorder() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new AgentException(
                    "this JVM has no module jdk.jfr to record with; start it with --add-modules jdk.jfr,"
                            + " or build its image with that module");
        }
    }

    private static Options complete(Options options) {
        String config = options.get("config");
        if (config == null) {
            return options;
        }
        try {
            return options.with(Files.readAllLines(Path.of(config)), config);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new AgentException("cannot read " + config + "; check the path given by config=", e);
        }
    }
}
