package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in the user's words why a file or folder cannot be written. */
final class Unwritable {

    private Unwritable() {}

    /** The exception for {@code path}. */
    static UnusableInputException because(Path path, IOException e, String advice) {
        return new UnusableInputException(path.toString(), "cannot be written (" + reason(e) + ')', advice, e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in the folder's place";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        String text = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }
}
