package io.github.bubbletrace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import io.github.bubbletrace.agent.job.ManyClasses;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachTest {

    private static final String RULES =
            "rule=io.github.bubbletrace.agent.job.ManyClasses$Part+#run(stage=arg0,microbatch=arg1)";

    @TempDir
    private Path folder;

    @Test
    void runningJobIsRecordedFromThenOnAndLeftAsItWas() throws Exception {
        try (Jvm job = sampleJob()) {
            job.awaitOut("process");
            assertThat(command(job, "start,file=" + folder.resolve("a.jfr") + ",rule=" + Jvm.SAMPLE_RULE))
                    .startsWith("ok: recording to " + folder.resolve("a.jfr"))
                    .contains("failed calls 0");
            assertThat(command(job, "start,file=" + folder.resolve("b.jfr"))).startsWith("error: already recording to");
            awaitCalls(job, folder.resolve("dump.jfr"));
            assertThat(command(job, "stop")).startsWith("ok: wrote " + folder.resolve("a.jfr"));
            assertThat(command(job, "status")).startsWith("ok: not recording").contains("1 classes");
            assertThat(command(job, "start,file=" + folder.resolve("c.jfr"))).startsWith("ok: recording");
            awaitCalls(job, folder.resolve("dump.jfr"));
            assertThat(command(job, "detach")).startsWith("ok: detached; wrote " + folder.resolve("c.jfr"));
            assertThat(command(job, "status")).isEqualTo("ok: not started");
            assertThat(command(job, "start,file=" + folder.resolve("d.jfr") + ",rule=" + Jvm.SAMPLE_RULE))
                    .startsWith("ok: recording");
            awaitCalls(job, folder.resolve("dump.jfr"));
            assertThat(command(job, "detach")).startsWith("ok: detached");
        }
        for (String name : List.of("a.jfr", "dump.jfr", "c.jfr", "d.jfr")) {
            assertThat(Recorded.of(folder.resolve(name)).stages()).as(name).isNotEmpty();
            assertThat(Recorded.of(folder.resolve(name)).anchors()).as(name).isNotEmpty();
        }
        assertThat(folder.resolve("b.jfr")).doesNotExist();
    }

    @Test
    void aThousandClassesOfAllAgesAreTransformedAndRestoredByteForByte() throws Exception {
        Path input = Files.createFile(folder.resolve("input"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Jvm.classPath(),
                ManyClasses.class.getName());
        Process job = builder.redirectError(input.toFile()).start();
        try (var in = job.inputReader();
                var out = job.outputWriter()) {
            VirtualMachine vm = VirtualMachine.attach(String.valueOf(job.pid()));
            String reader = ManyClasses.agentJar(folder).toString();
            vm.loadAgent(reader);
            String before = ask(in, out, "hash");
            assertThat(before).startsWith("hash 1000:").endsWith("sum 499500");
            vm.loadAgent(Jvm.AGENT.toString(), "start,file=" + folder.resolve("many.jfr") + "," + RULES);
            vm.loadAgent(reader);
            String during = ask(in, out, "hash");
            assertThat(vm.getSystemProperties().getProperty(Agent.REPLY)).contains("1000 classes");
            assertThat(during).startsWith("hash 1000:").endsWith("sum 499500");
            assertThat(used(during)).isNotEqualTo(used(before));
            ask(in, out, "watch");
            vm.loadAgent(Jvm.AGENT.toString(), "detach");
            assertThat(before).startsWith(ask(in, out, "seen"));
            assertRestored(before, ask(in, out, "hash"));
            vm.detach();
        } finally {
            job.destroyForcibly();
        }
        assertThat(Recorded.of(folder.resolve("many.jfr")).stages()).hasSize(1000);
    }

    @Test
    void classesThatComeLaterAreInstrumentedAsTheyAreLoaded() throws Exception {
        Process job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Jvm.agent("file=" + folder.resolve("later.jfr") + "," + RULES),
                        "-cp",
                        Jvm.classPath(),
                        ManyClasses.class.getName())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (var in = job.inputReader();
                var out = job.outputWriter()) {
            assertThat(ask(in, out, "sum")).isEqualTo("sum 499500");
        }
        assertThat(job.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Recorded.of(folder.resolve("later.jfr")).stages()).hasSize(1000);
    }

    @Test
    void aJvmThatForbidsAgentsIsLeftAlone() throws Exception {
        try (Jvm job = Jvm.start(
                folder,
                List.of("-XX:-EnableDynamicAgentLoading", "-jar", Jvm.SAMPLE_JOB.toString(), "--iterations", "1000"))) {
            job.awaitOut("process");
            assertThatThrownBy(() -> command(job, "start,rule=" + Jvm.SAMPLE_RULE))
                    .isInstanceOf(AgentLoadException.class);
        }
    }

    @Test
    void partsOfARotatedRecordingHoldEveryCallTogether() throws Exception {
        Jvm job = Jvm.run(
                folder,
                Jvm.agent("file=r.jfr,rotate=1s,rule=" + Jvm.SAMPLE_RULE),
                "-jar",
                Jvm.SAMPLE_JOB.toString(),
                "--iterations",
                "50");
        assertThat(job.err()).isEmpty();
        long calls = 0;
        int parts = 0;
        for (int part = 1; Files.exists(folder.resolve(part == 1 ? "r.jfr" : "r." + part + ".jfr")); part++) {
            parts = part;
            calls += Recorded.of(folder.resolve(part == 1 ? "r.jfr" : "r." + part + ".jfr"))
                    .stages()
                    .size();
        }
        assertThat(parts).isGreaterThan(1);
        // Parts overlap a little, so that no call is lost between them.
        assertThat(calls).isBetween(50L * 8 * 4, 2L * 50 * 8 * 3);
    }

    private Jvm sampleJob() throws IOException {
        return Jvm.start(folder, List.of("-jar", Jvm.SAMPLE_JOB.toString(), "--iterations", "100000", "--work", "1"));
    }

    /**
     * From JDK 20 on (JDK-7124710) the JVM forgets the class file from which it has restored a class. What it shows to later
     * agents it makes of the class's constant pool, which keeps what was once in it.
     */
    private static void assertRestored(String before, String after) {
        assertThat(used(after)).isEqualTo(used(before));
        if (Runtime.version().feature() < 20) {
            assertThat(after).isEqualTo(before);
        }
    }

    /** The answer without the hash of the bytes as they are. */
    private static String used(String answer) {
        return answer.replaceAll(" raw \\w+", "");
    }

    private static String ask(BufferedReader in, BufferedWriter out, String question) throws IOException {
        out.write(question + "\n");
        out.flush();
        return in.readLine();
    }

    /** Waits until the agent's recording holds a call of a stage method. */
    private static void awaitCalls(Jvm job, Path dump) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        do {
            assertThat(command(job, "dump,file=" + dump)).startsWith("ok: wrote");
            assertThat(System.nanoTime()).as("nothing recorded for long").isLessThan(end);
        } while (Recorded.of(dump).stages().isEmpty());
    }

    private static String command(Jvm job, String command) throws Exception {
        VirtualMachine vm = VirtualMachine.attach(String.valueOf(job.pid()));
        try {
            vm.loadAgent(Jvm.AGENT.toString(), command);
            String reply = vm.getSystemProperties().getProperty(Agent.REPLY);
            return reply.substring(reply.indexOf(' ') + 1);
        } finally {
            vm.detach();
        }
    }
}
