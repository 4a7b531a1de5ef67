import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.VirtualMachine;
import io.github.bubbletrace.sample.SampleJob;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the agent costs the sample job in the long run, in one JVM: it works in slices in which the agent is out, in without
 * recording, and recording, in turn. Work is arithmetic, so that whatever anyone else does on the machine, processor time a
 * task is what the job's throughput hangs on; all threads of the JVM count, Flight Recorder's and the compilers' too.
 */
public final class AgentThroughput {

    private static final int STAGES = 4;
    private static final int SPANS_A_SECOND = 10_000;
    private static final int BATCHES = 100;
    private static final double LIMIT = 0.01;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final PrintStream out = System.out;
    private final VirtualMachine self;
    private final String agent;
    private final Path folder;
    private final double workMs;

    private AgentThroughput(String agent, Path folder) throws Exception {
        this.agent = agent;
        this.folder = folder;
        self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
        int busy = Math.min(STAGES, Runtime.getRuntime().availableProcessors());
        workMs = 1e3 * busy / SPANS_A_SECOND;
    }

    /** Arguments: the agent's jar, a folder for recordings, the rules, how many rounds. Ends with 1 beyond the limit. */
    public static void main(String[] args) throws Exception {
        AgentThroughput bench = new AgentThroughput(args[0], Path.of(args[1]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        boolean within = bench.run("config=" + args[2], Integer.parseInt(args[3]));
        bench.self.detach();
        System.exit(within ? 0 : 1);
    }

    private boolean run(String rules, int rounds) throws Exception {
        double[] idle = new double[rounds];
        double[] recording = new double[rounds];
        double sum = 0;
        for (int round = -1; round < rounds; round++) {
            double without = slice();
            tell("start,recording=off," + rules);
            double in = slice();
            tell("start,file=" + folder.resolve("job.jfr"));
            double on = slice();
            tell("detach");
            double after = slice();
            if (round >= 0) {
                // What is before and after stands for what would have been in between.
                double base = (without + after) / 2;
                idle[round] = in / base - 1;
                recording[round] = on / base - 1;
                sum += base;
            }
        }
        out.printf(Locale.ROOT, "%.1f us of processor a task without the agent (%.1f us asked)%n", sum / rounds, workMs * 1e3);
        return report("in, not recording", idle) & report("recording", recording);
    }

    private boolean report(String name, double[] ratios) {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        // Between these ranks the true median lies in about 95 of 100 cases.
        int rank = Math.max(0, (int) Math.floor(sorted.length / 2.0 - Math.sqrt(sorted.length)));
        out.printf(
                Locale.ROOT,
                "%s: %+.2f %% of the job's throughput (median of %d, between %+.2f and %+.2f; limit %.0f)%n",
                name,
                -100 * median,
                sorted.length,
                -100 * sorted[sorted.length - 1 - rank],
                -100 * sorted[rank],
                100 * LIMIT);
        return median < LIMIT;
    }

    /** Processor time of a task in microseconds, after a time in which methods are compiled again. */
    private double slice() throws Exception {
        job(0.8);
        long before = system.getProcessCpuTime();
        int tasks = job(0.8);
        return (system.getProcessCpuTime() - before) / 1e3 / tasks;
    }

    /** Works for about as many {@code seconds} on an idle machine; says how many tasks that were. */
    private int job(double seconds) throws Exception {
        int iterations = (int) Math.ceil(seconds * SPANS_A_SECOND / STAGES / BATCHES);
        SampleJob.main(new String[] {
            "--kernel", "spin", "--work", String.valueOf(workMs), "--stages", String.valueOf(STAGES),
            "--microbatches", String.valueOf(BATCHES), "--iterations", String.valueOf(iterations)
        });
        return iterations * BATCHES * STAGES;
    }

    private void tell(String command) throws Exception {
        self.loadAgent(agent, command);
        String reply = System.getProperty("bubbletrace.agent.reply", "");
        if (!reply.contains("ok: ")) {
            throw new IllegalStateException(command + ": " + reply);
        }
    }
}
