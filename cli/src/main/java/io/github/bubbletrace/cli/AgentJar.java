package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The agent's jar, which travels within this program's and must lie in a file of its own to be loaded by others. */
final class AgentJar {

    private static final String NAME = "bubbletrace-agent.jar";

    private AgentJar() {}

    /**
     * The file, unpacked into the user's cache where it is not there yet.
     *
     * @throws UnusableInputException where it cannot be written
     */
    static Path unpacked() {
        Path folder = cache();
        try (InputStream in = AgentJar.class.getResourceAsStream("/" + NAME)) {
            if (in == null) {
                throw new UnusableInputException(NAME, "not in this build", "build with ./bubbletrace, or mvn package");
            }
            byte[] wanted = in.readAllBytes();
            Path jar =
                    folder.resolve(Integer.toHexString(Arrays.hashCode(wanted))).resolve(NAME);
            if (!Files.isRegularFile(jar) || Files.size(jar) != wanted.length) {
                Files.createDirectories(jar.getParent());
                Path fresh = Files.createTempFile(jar.getParent(), "agent", ".jar");
                Files.write(fresh, wanted);
                // A JVM that has the old file open keeps it.
                Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
                jar.toFile().setReadable(true, false);
            }
            return jar.toAbsolutePath();
        } catch (IOException e) {
            throw new UnusableInputException(
                    folder.toString(),
                    "the agent cannot be written there",
                    "set XDG_CACHE_HOME to a folder that can",
                    e);
        }
    }

    private static Path cache() {
        String chosen = System.getenv("XDG_CACHE_HOME");
        Path base = chosen == null || chosen.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(chosen);
        return base.resolve("bubbletrace");
    }
}
