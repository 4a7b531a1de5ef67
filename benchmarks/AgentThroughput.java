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
 * recording, and recording, in turn. Processor time a task is what throughput hangs on where all processors are busy; all
 * threads of the JVM count, Flight Recorder's and the compilers' too. Each slice is measured twice: with as much arithmetic
 * a task as makes 10,000 tasks a second on an idle machine, and with none, on one thread. The second says more exactly what
 * a task costs beyond its work; as a share of the work it is what the throughput loses.
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
        Series idle = new Series(rounds);
        Series recording = new Series(rounds);
        for (int round = -1; round < rounds; round++) {
            Slice before = slice();
            tell("start,recording=off," + rules);
            Slice in = slice();
            tell("start,maxsize=50MB,file=" + folder.resolve("job.jfr"));
            Slice on = slice();
            tell("detach");
            Slice after = slice();
            if (round >= 0) {
                // What is before and after stands for what would have been in between.
                idle.add(in, before, after);
                recording.add(on, before, after);
            }
        }
        return idle.report("in, not recording") & recording.report("recording");
    }

    /** Processor time of a task in microseconds, with its work and without any. */
    private static final class Slice {

        private final double workingUs;
        private final double bareUs;

        Slice(double workingUs, double bareUs) {
            this.workingUs = workingUs;
            this.bareUs = bareUs;
        }
    }

    /** What a state of the agent costs, round by round, as shares of a task's work. */
    private final class Series {

        private final double[] working;
        private final double[] bare;
        private int rounds;

        Series(int most) {
            working = new double[most];
            bare = new double[most];
        }

        void add(Slice slice, Slice before, Slice after) {
            double base = (before.workingUs + after.workingUs) / 2;
            working[rounds] = slice.workingUs / base - 1;
            bare[rounds] = (slice.bareUs - (before.bareUs + after.bareUs) / 2) / (workMs * 1e3);
            rounds++;
        }

        boolean report(String name) {
            return report(name + ", a task's own cost", bare, true) & report(name + ", job at work", working, false);
        }

        /** A noisy measure is within the limit unless all of its interval is beyond. */
        private boolean report(String name, double[] shares, boolean isExact) {
            double[] sorted = shares.clone();
            Arrays.sort(sorted);
            double median = (sorted[(rounds - 1) / 2] + sorted[rounds / 2]) / 2;
            // Between these ranks the true median lies in about 95 of 100 cases.
            int rank = Math.max(0, (int) Math.floor(rounds / 2.0 - Math.sqrt(rounds)));
            out.printf(
                    Locale.ROOT,
                    "%s: %.2f %% of throughput (median of %d, between %.2f and %.2f; limit %.0f)%n",
                    name,
                    100 * median,
                    rounds,
                    100 * sorted[rank],
                    100 * sorted[rounds - 1 - rank],
                    100 * LIMIT);
            return (isExact ? median : sorted[rank]) < LIMIT;
        }
    }

    /** Each measured after a time in which methods are compiled again. */
    private Slice slice() throws Exception {
        job(0.8);
        double working = measured(() -> job(0.8));
        bare();
        return new Slice(working, measured(AgentThroughput::bare));
    }

    private interface Job {
        /** Says how many tasks it was. */
        int run() throws Exception;
    }

    private double measured(Job job) throws Exception {
        long before = system.getProcessCpuTime();
        int tasks = job.run();
        return (system.getProcessCpuTime() - before) / 1e3 / tasks;
    }

    private static int bare() throws Exception {
        SampleJob.main(new String[] {
            "--kernel", "spin", "--work", "0", "--stages", "1", "--microbatches", "1000", "--iterations", "200"
        });
        return 200_000;
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
