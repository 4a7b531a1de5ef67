package io.github.bubbletrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above all others; its list of subcommands is the one place where a new command is entered. */
@Command(
        name = "bubbletrace",
        description = "Finds the bubble of a multi-GPU pipeline run and the cause of every idle nanosecond.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AnalyzeCommand.class,
            CompareCommand.class,
            InfoCommand.class,
            PredictCommand.class,
            SimulateCommand.class,
            RunCommand.class,
            DoctorCommand.class,
            WhatIfCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            StatusCommand.class,
            AgentCommand.class
        })
final class RootCommand implements Runnable {

    private final boolean isWatched;

    @Spec
    private CommandSpec spec;

    /** The root; {@code isWatched} where the error stream is a terminal. */
    RootCommand(boolean isWatched) {
        this.isWatched = isWatched;
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
