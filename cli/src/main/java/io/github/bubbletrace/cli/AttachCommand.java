package io.github.bubbletrace.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets the agent into a running JVM. */
@Command(
        name = "attach",
        description = {
            "Lets the Java agent into a running JVM, where it records which stage and micro-batch each thread works on.",
            "OPTIONs are those of -javaagent: start (the default), stop or dump, then file=, config=, rule=, stages= and"
                    + " more, as docs/recording.md says."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class AttachCommand implements Callable<Integer> {

    private static final Set<String> ACTIONS = Set.of("start", "stop", "dump", "status", "detach");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "Process of the JVM.")
    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OPTION",
            description = "Such as file=job.jfr 'rule=pkg.Stage#run(stage=this.number,microbatch=arg0.index())'.")
    private List<String> options = List.of();

    @Override
    public Integer call() {
        String answer = new RunningJvm(pid).command(AgentJar.unpacked(), command(options, Path.of("")));
        ResultStream.print(spec, "process " + pid + ": " + answer + System.lineSeparator());
        return ExitStatus.DONE;
    }

    /** One option string of {@code words}; files are those of {@code folder}, wherever the job runs. */
    static String command(List<String> words, Path folder) {
        List<String> options = new ArrayList<>(words);
        String action = !options.isEmpty() && ACTIONS.contains(options.get(0)) ? options.remove(0) : "start";
        if (action.equals("start") && options.stream().noneMatch(o -> o.startsWith("file="))) {
            options.add(0, "file=bubbletrace-%p-%t.jfr");
        }
        StringBuilder command = new StringBuilder(action);
        for (String option : options) {
            command.append(',').append(escaped(absolute(option, folder)));
        }
        return command.toString();
    }

    private static String absolute(String option, Path folder) {
        for (String key : List.of("file=", "config=")) {
            if (option.startsWith(key)) {
                Path file = folder.toAbsolutePath().resolve(option.substring(key.length()));
                return key + file.normalize();
            }
        }
        return option;
    }

    /** A comma outside parentheses would end the option. */
    private static String escaped(String option) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            text.append(c == ',' && depth <= 0 ? "\\," : String.valueOf(c));
        }
        return text.toString();
    }
}
