package io.github.bubbletrace.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above all others; its table of subcommands is the one place where a new command is entered. */
@Command(
        name = "bubbletrace",
        description = "Finds the bubble of a multi-GPU pipeline run and the cause of every idle nanosecond.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        synopsisSubcommandLabel = "COMMAND")
final class RootCommand implements Runnable {

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private final boolean isWatched;

    @Spec
    private CommandSpec spec;

    /** The root; {@code isWatched} where the error stream is a terminal. */
    RootCommand(boolean isWatched) {
        this.isWatched = isWatched;
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("compare", CompareCommand::new);
        commands.put("info", InfoCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("simulate", SimulateCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("whatif", WhatIfCommand::new);
        commands.put("attach", AttachCommand::new);
        commands.put("detach", DetachCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("agent", AgentCommand::new);
        return commands;
    }

    /**
     * The command line of this root with the subcommand that {@code args} begin with, or with all where they begin with
     * none: to learn the options of every command takes picocli longer than most runs need for the rest of their start.
     */
    CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(this);
        boolean isNamed = args.length > 0 && COMMANDS.containsKey(args[0]);
        for (String name : isNamed ? List.of(args[0]) : COMMANDS.keySet()) {
            commandLine.addSubcommand(name, COMMANDS.get(name).get());
        }
        return commandLine;
    }

    /** The root above the command of {@code spec}. */
    static RootCommand of(CommandSpec spec) {
        return (RootCommand) spec.root().userObject();
    }

    /** Whether progress is worth showing. */
    boolean isWatched() {
        return isWatched;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing, such as analyze");
    }
}
