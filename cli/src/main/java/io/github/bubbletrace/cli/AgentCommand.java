package io.github.bubbletrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says where the agent's jar lies. */
@Command(
        name = "agent",
        description = "Prints where the Java agent's jar lies, for -javaagent.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class AgentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ResultStream.print(spec, AgentJar.unpacked() + System.lineSeparator());
        return ExitStatus.DONE;
    }
}
