package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.NativeHooks;
import io.github.bubbletrace.event.Spans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The hook library for this machine, out of the agent's jar; without it there are stage spans alone. */
final class Hooks {

    private static final String INJECTED = "CUDA_INJECTION64_PATH";
    private static final String LIBRARY = "libbubbletrace_hooks.so";
    private static final String GLUE = "libbubbletrace_jni.so";
    private static final int OK = 0;
    private static final int ALREADY_RECORDING = 2;
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    /** Whether this JVM has loaded the glue, which it does once. */
    private static final String LOADED = "io.github.bubbletrace.hooks.loaded";

    private final boolean running;
    private final String problem;

    private Hooks(boolean running, String problem) {
        this.running = running;
        this.problem = problem;
    }

    /** No hooks wanted. */
    static Hooks off() {
        return new Hooks(false, null);
    }

    /**
     * Starts recording kernels beside the agent's recording.
     *
     * @param folder where the capture goes
     * @param cupti libcupti's path, or null
     */
    static Hooks start(Path jar, Path folder, String cupti) {
        try {
            load(jar);
            int result = NativeHooks.start(folder.toString(), cupti);
            if (result != OK && result != ALREADY_RECORDING) {
                String message = line(3);
                return new Hooks(false, message.isEmpty() ? "the hook library says " + result : message);
            }
            Spans.hook(true);
            return new Hooks(true, null);
        } catch (AgentException | UnsatisfiedLinkError e) {
            return new Hooks(false, e.getMessage());
        } catch (IllegalCallerException e) {
            return new Hooks(
                    false,
                    "this JVM denies native access; start it with --enable-native-access=ALL-UNNAMED, or set "
                            + INJECTED + " for it");
        }
    }

    private static void load(Path jar) {
        if (System.getProperty(LOADED) != null) {
            return;
        }
        String processor = PROCESSORS.get(System.getProperty("os.arch"));
        if (processor == null
                || !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new AgentException("the hook library is for Linux on x86_64 and aarch64");
        }
        String inJar = "hooks/linux-" + processor + "/";
        Path folder = null;
        try (JarFile file = new JarFile(jar.toFile())) {
            folder = Files.createTempDirectory("bubbletrace-hooks");
            Path glue = unpack(file, inJar + GLUE, folder);
            Path library = injected(unpack(file, inJar + LIBRARY, folder));
            String refused = NativeHooks.load(glue.toString(), library.toString());
            if (refused != null) {
                throw new AgentException("the hook library cannot be loaded: " + refused);
            }
            System.setProperty(LOADED, "true");
        } catch (IOException e) {
            throw new AgentException(
                    "the hook library cannot be unpacked (" + e.getMessage()
                            + "); make the folder of java.io.tmpdir writable",
                    e);
        } finally {
            delete(folder);
        }
    }

    /** The library that CUDA loads by itself, where that is ours: two of them would record everything twice. */
    private static Path injected(Path own) {
        String injected = System.getenv(INJECTED);
        return injected != null && injected.endsWith(LIBRARY) ? Path.of(injected) : own;
    }

    private static Path unpack(JarFile jar, String name, Path folder) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            throw new AgentException("this build of the agent has no hook library for this processor");
        }
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
        }
        return file;
    }

    /** Once loaded, a library needs its file no more. */
    private static void delete(Path folder) {
        try {
            if (folder != null) {
                Files.deleteIfExists(folder.resolve(GLUE));
                Files.deleteIfExists(folder.resolve(LIBRARY));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // It stays in the temporary folder.
        }
    }

    void stop() {
        if (running) {
            Spans.hook(false);
            NativeHooks.stop();
        }
    }

    void flush() {
        if (running) {
            NativeHooks.flush();
        }
    }

    /** Why there are no hooks though they are wanted; null where all is well. */
    String problem() {
        return problem;
    }

    /** Words for the status; empty where no hooks are wanted. */
    String status() {
        if (problem != null) {
            return "; hooks off: " + problem;
        }
        return running ? "; hooks: " + line(0) + " kernels, " + line(1) + " dropped, " + line(2) : "";
    }

    private static String line(int number) {
        String[] lines = NativeHooks.status().split("\n", -1);
        return number < lines.length ? lines[number] : "";
    }
}
