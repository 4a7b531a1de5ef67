package io.github.bubbletrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what works on this machine, and what to do about what does not. */
@Command(
        name = "doctor",
        description = "Says what bubbletrace run finds on this machine (Java, hook library, driver, GPUs, CUPTI, other"
                + " profilers, permissions) and what to do about what is missing. Exits with 0 where a job can be"
                + " recorded, else with 2.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Diagnosis> diagnoses = new Doctor(System.getenv()).examine();
        StringBuilder text = new StringBuilder();
        for (Diagnosis diagnosis : diagnoses) {
            text.append(diagnosis.line()).append('\n');
        }
        boolean works = diagnoses.stream().noneMatch(d -> d.state() == Diagnosis.State.FAILS);
        text.append(works ? "A job can be recorded: bubbletrace run -- COMMAND\n" : "A job cannot be recorded here.\n");
        ResultStream.print(spec, text.toString());
        return works ? ExitStatus.DONE : ExitStatus.UNUSABLE;
    }
}
