import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to let the agent into a JVM that has never had it: from the first sign to its answer that it records,
 * and the processor time that the JVM's own threads spend on it. Each round starts a job anew.
 */
public final class AttachSpeed {

    private static final double LIMIT_S = 1;

    private AttachSpeed() {}

    /** Arguments: the agent's jar, its options, how many rounds, the job's command. Ends with 1 beyond the limit. */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[2]);
        List<String> job = Arrays.asList(args).subList(3, args.length);
        List<Double> seconds = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path out = Files.createTempFile("job", ".txt");
            Process running = new ProcessBuilder(job).redirectErrorStream(true).redirectOutput(out.toFile()).start();
            while (Files.size(out) == 0) {
                Thread.sleep(10);
            }
            double before = processorSeconds(running.pid());
            long start = System.nanoTime();
            attach(running.pid(), args[0], args[1]);
            seconds.add((System.nanoTime() - start) / 1e9);
            processor.add(processorSeconds(running.pid()) - before);
            running.destroyForcibly().waitFor();
            Files.delete(out);
        }
        System.out.printf(
                Locale.ROOT,
                "attach: %.2f s (median of %d; limit %.0f), %.2f s of processor in the job%n",
                median(seconds),
                rounds,
                LIMIT_S,
                median(processor));
        System.exit(median(seconds) < LIMIT_S ? 0 : 1);
    }

    private static void attach(long pid, String agent, String options) throws Exception {
        VirtualMachine job = VirtualMachine.attach(String.valueOf(pid));
        job.loadAgent(agent, options);
        String reply = job.getSystemProperties().getProperty("bubbletrace.agent.reply");
        job.detach();
        if (!reply.contains("ok: recording")) {
            throw new IllegalStateException(reply);
        }
    }

    /** All threads' time on a processor. */
    private static double processorSeconds(long pid) throws Exception {
        double sum = 0;
        for (File thread : new File("/proc/" + pid + "/task").listFiles()) {
            sum += Double.parseDouble(Files.readString(thread.toPath().resolve("schedstat")).split(" ")[0]) / 1e9;
        }
        return sum;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
