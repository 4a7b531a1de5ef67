package io.github.bubbletrace.cli;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The hook library and its probe, which the jar holds as resources. Jobs load files, so they are unpacked into the user's
 * cache, under a name that tells their content: versions do not overwrite each other while jobs run.
 */
final class HookLibrary {

    private static final String LIBRARY = "libbubbletrace_hooks.so";
    private static final String PROBE = "bubbletrace_probe";
    private static final Map<String, String> MACHINES =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch64", "arm64", "aarch64");

    private final Path cache;

    private HookLibrary(Path cache) {
        this.cache = cache;
    }

    /** Unpacks into the cache that {@code environment} names. */
    static HookLibrary in(Map<String, String> environment) {
        String told = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        Path base = told.startsWith("/")
                ? Path.of(told)
                : home.startsWith("/")
                        ? Path.of(home, ".cache")
                        : Path.of(
                                System.getProperty("java.io.tmpdir"), "bubbletrace-" + System.getProperty("user.name"));
        return new HookLibrary(base.resolve("bubbletrace"));
    }

    /**
     * The library as a file.
     *
     * @throws UnusableInputException where this build holds none for this machine, or it cannot be unpacked
     */
    Path library() {
        return unpacked(LIBRARY)
                .orElseThrow(() -> new UnusableInputException(
                        "the hook library",
                        "this bubbletrace was built without it for " + machine(),
                        "build it on Linux with a C compiler (gcc and libc6-dev)"));
    }

    /** The program that tries what the library needs; empty where this build holds none. */
    Optional<Path> probe() {
        return unpacked(PROBE);
    }

    private static String machine() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return os + "-" + MACHINES.getOrDefault(arch, arch);
    }

    private Optional<Path> unpacked(String name) {
        try (InputStream resource =
                HookLibrary.class.getResourceAsStream("/bubbletrace/hooks/" + machine() + '/' + name)) {
            return resource == null ? Optional.empty() : Optional.of(put(name, resource.readAllBytes()));
        } catch (IOException e) {
            throw Unwritable.because(cache, e, "make it writable, or name another cache in XDG_CACHE_HOME");
        }
    }

    private Path put(String name, byte[] content) throws IOException {
        CRC32C sum = new CRC32C();
        sum.update(content);
        Path folder = cache.resolve(String.format("hooks-%08x-%d", sum.getValue(), content.length));
        Path file = folder.resolve(name);
        if (!isThere(file, content)) {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, name, ".part");
            Files.write(part, content);
            if (!part.toFile().setReadable(true, false) || !part.toFile().setExecutable(true, false)) {
                throw new IOException("its permissions cannot be set");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static boolean isThere(Path file, byte[] content) throws IOException {
        return Files.isExecutable(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }
}
