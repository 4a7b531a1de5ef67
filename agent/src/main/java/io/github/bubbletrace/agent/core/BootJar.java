package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Gives the bootstrap loader the classes that instrumented methods call, so that code of any class loader finds them.
 * They stay there when the agent leaves: no JVM can take them back.
 */
final class BootJar {

    private static final String RESOURCE = "boot.jar";
    private static final String KNOWN = "io.github.bubbletrace.event.Spans";

    private BootJar() {}

    static void append(Instrumentation instrumentation, Path agentJar) {
        if (isThere()) {
            return;
        }
        Path file = null;
        try (JarFile jar = new JarFile(agentJar.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(RESOURCE))) {
            file = newFile();
            Files.write(file, in.readAllBytes());
            try (JarFile boot = new JarFile(file.toFile())) {
                instrumentation.appendToBootstrapClassLoaderSearch(boot);
            }
            // Opens the file for good, which is then needed by its open handle alone.
            Class.forName(KNOWN, false, null);
        } catch (IOException | ClassNotFoundException e) {
            throw new AgentException(
                    "cannot give the JVM the event classes (" + e.getMessage()
                            + "); make the folder of java.io.tmpdir writable",
                    e);
        } finally {
            delete(file);
        }
    }

    /**
     * A file that was not there before and that no other user can write. Its name need not be hard to guess: the JDK's own
     * names for such files start the JVM's random numbers, which takes long.
     */
    private static Path newFile() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                }
                : new FileAttribute<?>[0];
        String name = "bubbletrace-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".jar";
        return Files.createFile(folder.resolve(name), attributes);
    }

    private static boolean isThere() {
        try {
            Class.forName(KNOWN, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null && !Files.deleteIfExists(file)) {
                file.toFile().deleteOnExit();
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
