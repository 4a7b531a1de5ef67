package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.ActionList;
import io.github.bubbletrace.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file of orders that a user names. */
final class ActionFile {

    /** Longest action list that is read, in bytes. */
    private static final long LONGEST = 64L << 20;

    private ActionFile() {}

    /** The orders in {@code file}; a usage error of {@code spec} where it cannot be used. */
    static Schedule read(Path file, CommandSpec spec) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException("longer than any action list");
            }
            return ActionList.read(String.valueOf(file.getFileName()), Files.readAllLines(file));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + file + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage());
        }
    }
}
