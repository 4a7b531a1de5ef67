package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the tests' C programs with the hook library and the fakes in place of CUDA. */
final class Player {

    /** Where another build of the library and the programs lies, such as one with a sanitizer. */
    private static final Path BUILD = Path.of(System.getProperty("bubbletrace.hooks", "target/classes"));

    private static final Path FAKES = Path.of(System.getProperty("bubbletrace.hooks", "target"))
            .resolve("fakes")
            .toAbsolutePath();
    private static final long LIMIT_S = 120;

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private List<String> wrapper = List.of();

    /** A player whose captures go to {@code folder}. */
    Player(Path folder) {
        this.folder = folder;
        requirePrograms();
        with("FAKE_CUPTI", fake("libcupti_fake.so"));
        with("FAKE_CUDA", fake("libcuda_fake.so"));
        with("BUBBLETRACE_CUPTI", fake("libcupti_fake.so"));
        with("BUBBLETRACE_HOOKS", library().toString());
        with("BUBBLETRACE_OUTPUT", folder.toString());
        with("CUDA_INJECTION64_PATH", library().toString());
        with("NVTX_INJECTION64_PATH", library().toString());
    }

    /** The library under test. */
    static Path library() {
        try (Stream<Path> built = Files.walk(BUILD.resolve("bubbletrace/hooks"))) {
            return built.filter(f -> f.endsWith("libbubbletrace_hooks.so"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether another build than the usual one is tested. */
    static boolean isSanitized() {
        return System.getProperty("bubbletrace.hooks") != null;
    }

    /** Leaves a test out where no compiler built the programs; with BUBBLETRACE_REQUIRE_CC=1 the build would have failed. */
    static void requirePrograms() {
        boolean required = "1".equals(System.getenv("BUBBLETRACE_REQUIRE_CC"));
        Assumptions.assumeTrue(required || Files.exists(FAKES.resolve("play")), "no C compiler built the fakes");
    }

    static String fake(String name) {
        return FAKES.resolve(name).toString();
    }

    Player with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Player without(String variable) {
        variables.remove(variable);
        return this;
    }

    /** Runs the program under another one, such as a shell that sets limits. */
    Player under(String... words) {
        wrapper = List.of(words);
        return this;
    }

    /** Plays a script. */
    Played play(String script) throws IOException, InterruptedException {
        return run(script, fake("play"));
    }

    /** Runs a program of the tests. */
    Played run(String input, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(wrapper);
        words.addAll(List.of(command));
        Path errors = Files.createTempFile("stderr", "");
        Path outputs = Files.createTempFile("stdout", "");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(errors.toFile()).redirectOutput(outputs.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BUBBLETRACE_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A job that ends before it has read all of its script.
        }
        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS))
                .as("the job ends")
                .isTrue();
        Played played =
                new Played(process.exitValue(), Files.readString(outputs), Files.readString(errors), captures());
        assertThat(played.err())
                .as("what the fakes say")
                .doesNotContain("MISUSE", "play:", "Sanitizer", "runtime error:");
        return played;
    }

    private List<Path> captures() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
