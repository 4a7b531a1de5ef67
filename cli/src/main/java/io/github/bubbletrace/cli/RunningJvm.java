package io.github.bubbletrace.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.nio.file.Path;

/** Another JVM on this machine, into which the agent is loaded and whose agent answers. */
final class RunningJvm {

    /** As the agent names it. */
    private static final String REPLY = "bubbletrace.agent.reply";

    private final long pid;

    RunningJvm(long pid) {
        this.pid = pid;
    }

    /**
     * Gives the agent {@code command}, loading it where it is not there yet, and returns its answer without its mark.
     *
     * @throws UnusableInputException where the process cannot be reached, or the agent refuses
     */
    String command(Path agent, String command) {
        return attached(vm -> {
            vm.loadAgent(agent.toString(), command);
            return checked(vm.getSystemProperties().getProperty(REPLY));
        });
    }

    /** The same where the agent is there already. */
    String commandPresent(String command) {
        return attached(vm -> {
            String last = vm.getSystemProperties().getProperty(REPLY);
            if (last == null || !last.startsWith("in ")) {
                throw unusable("the agent is not in it", "let it in: bubbletrace attach " + pid, null);
            }
            vm.loadAgent(AgentJar.unpacked().toString(), command);
            return checked(vm.getSystemProperties().getProperty(REPLY));
        });
    }

    private interface Task {
        String run(VirtualMachine vm) throws IOException, AgentLoadException, AgentInitializationException;
    }

    private String attached(Task task) {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw unusable("this Java cannot attach: it has no module jdk.attach", "use a whole JDK", null);
        }
        try {
            VirtualMachine vm = VirtualMachine.attach(String.valueOf(pid));
            try {
                return task.run(vm);
            } finally {
                vm.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw unusable(
                    "cannot attach (" + e.getMessage() + ")",
                    "check that it is a running JVM of this user, started without -XX:+DisableAttachMechanism",
                    e);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw unusable(
                    "it does not let the agent in (" + e.getMessage() + ")",
                    "start it with -XX:+EnableDynamicAgentLoading, or with -javaagent",
                    e);
        }
    }

    private String checked(String answer) {
        if (answer == null) {
            throw unusable("the agent does not answer", "look at its error stream", null);
        }
        String said = answer.substring(answer.indexOf(' ') + 1);
        String text = said.substring(said.indexOf(' ') + 1);
        if (!said.startsWith("ok: ")) {
            String who = answer.startsWith("in ") ? "the agent refuses: " : "the agent stays out: ";
            throw unusable(who + text, "see attach --help", null);
        }
        return text;
    }

    private UnusableInputException unusable(String problem, String advice, Exception cause) {
        return new UnusableInputException("process " + pid, problem, advice, cause);
    }
}
