package io.github.bubbletrace.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own, the same as the tests', started by its command line. */
final class Jvm implements AutoCloseable {

    static final Path AGENT = Path.of("target/bubbletrace-agent.jar").toAbsolutePath();
    static final Path SAMPLE_JOB =
            Path.of("../sample-job/target/bubbletrace-sample-job.jar").toAbsolutePath();
    static final String SAMPLE_RULE =
            "io.github.bubbletrace.sample.Stage#process(stage=this.number,microbatch=arg0.index(),iteration=arg0.iteration())";
    private static final long PATIENCE_S = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private Jvm(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts Java in {@code folder} with {@code args}. */
    static Jvm start(Path folder, List<String> args) throws IOException {
        return start(Path.of(System.getProperty("java.home"), "bin", "java"), folder, args);
    }

    private static Jvm start(Path java, Path folder, List<String> args) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Jvm(process, out, err);
    }

    /** Runs Java to its end. */
    static Jvm run(Path folder, String... args) throws IOException, InterruptedException {
        Jvm jvm = start(folder, List.of(args));
        jvm.await();
        return jvm;
    }

    /** The same with another {@code java}. */
    static Jvm runOn(Path java, Path folder, String... args) throws IOException, InterruptedException {
        Jvm jvm = start(java, folder, List.of(args));
        jvm.await();
        return jvm;
    }

    /** The tests' class path without the agent's own classes, which no job has. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith(Path.of("agent", "target", "classes")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The option that starts the agent with {@code options}. */
    static String agent(String options) {
        return "-javaagent:" + AGENT + "=" + options;
    }

    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the job did not end");
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    int exitValue() {
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    /** The error stream without the JVM's own warnings. */
    List<String> err() throws IOException {
        return Files.readAllLines(err).stream()
                .filter(line -> !line.contains("VM warning: Sharing is only supported"))
                .toList();
    }

    /** Waits until the job has printed {@code text}. */
    void awaitOut(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!out().contains(text)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("the job never said '" + text + "': " + out() + Files.readString(err));
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
