package io.github.bubbletrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the Java agent out of a running JVM: writes its recording and undoes the instrumentation. */
@Command(
        name = "detach",
        description = "Takes the Java agent out of a running JVM: writes its recording and undoes the instrumentation.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class DetachCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "Process of the JVM.")
    private long pid;

    @Override
    public Integer call() {
        String answer = new RunningJvm(pid).commandPresent("detach");
        ResultStream.print(spec, "process " + pid + ": " + answer + System.lineSeparator());
        return ExitStatus.DONE;
    }
}
