package io.github.bubbletrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the Java agent does in a running JVM. */
@Command(
        name = "status",
        description = "Says what the Java agent does in a running JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "Process of the JVM.")
    private long pid;

    @Override
    public Integer call() {
        String answer = new RunningJvm(pid).commandPresent("status");
        ResultStream.print(spec, "process " + pid + ": " + answer + System.lineSeparator());
        return ExitStatus.DONE;
    }
}
