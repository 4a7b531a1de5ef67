package io.github.bubbletrace.agent;

import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Entry point for {@code -javaagent} and for the Attach API. Never throws into the job, never ends it, never prints to
 * its standard output; what it has to say is one line on the error stream and, for the one who attached, a property.
 */
public final class Agent {

    /**
     * System property that holds the answer to the last command, after {@code in } where the agent is in this JVM or
     * {@code out } where it is not: how the one who attached hears of it. It stays after
     * {@code detach}, whose answer it holds.
     */
    public static final String REPLY = "bubbletrace.agent.reply";

    private static final String CORE = "io.github.bubbletrace.agent.core.Core";

    private static final String GONE = "gone ";

    /** The agent while it is in this JVM, else null. Guarded by the class. */
    private static UnaryOperator<String> core;

    private Agent() {}

    /** Start of the JVM with {@code -javaagent}. */
    public static void premain(String options, Instrumentation instrumentation) {
        run(options, instrumentation);
    }

    /** The Attach API loaded the agent, for the first time or again. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        run(options, instrumentation);
    }

    /** An answer that begins with {@code gone} is the core's last: nothing of it is left in the job. */
    private static synchronized void run(String options, Instrumentation instrumentation) {
        String command = options == null ? "" : options;
        String answer;
        boolean isOut = false;
        try {
            if (core == null) {
                core = load(instrumentation);
            }
            answer = core.apply(command);
        } catch (Throwable problem) {
            answer = GONE + "error: " + problem;
        }
        if (answer.startsWith(GONE)) {
            core = null;
            isOut = true;
            answer = answer.substring(GONE.length());
        }
        say(answer, isOut);
    }

    private static void say(String answer, boolean isOut) {
        try {
            System.setProperty(REPLY, (isOut ? "out " : "in ") + answer);
            if (!answer.startsWith("ok")) {
                System.err.println((isOut ? "bubbletrace: agent stays out: " : "bubbletrace: agent: ")
                        + answer.substring(answer.indexOf(' ') + 1).replaceAll("\\s+", " "));
            }
        } catch (Throwable problem) {
            // Nobody can be told.
        }
    }

    private static UnaryOperator<String> load(Instrumentation instrumentation) throws Exception {
        URI jar =
                Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        CoreLoader loader = new CoreLoader(Path.of(jar));
        @SuppressWarnings("unchecked")
        UnaryOperator<String> loaded = (UnaryOperator<String>) loader.loadClass(CORE)
                .getConstructor(Instrumentation.class, Path.class)
                .newInstance(instrumentation, Path.of(jar));
        return loaded;
    }
}
