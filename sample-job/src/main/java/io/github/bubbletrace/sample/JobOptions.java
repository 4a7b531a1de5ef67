package io.github.bubbletrace.sample;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What the job is to do. */
final class JobOptions {

    static final String HELP = String.join(
            "\n",
            "A pipeline of threads with planted causes of idle time.",
            "  --stages N               how many stages (4)",
            "  --microbatches N         micro-batches of an iteration (8)",
            "  --iterations N           how often (20)",
            "  --work MS                work of a stage on a micro-batch in milliseconds (4)",
            "  --slow STAGE:FACTOR      a stage that takes longer",
            "  --handover STAGE:MS      what the hand-over from a stage to the next costs",
            "  --garbage MB             what a stage allocates for a micro-batch",
            "  --kernel wait|spin       what stands for the work of a GPU (wait)",
            "  --start-delay MS         a pause before the first iteration, to attach in",
            "  --truth FILE             where to log what happened, a line a task",
            "");

    private int stages = 4;
    private int microBatches = 8;
    private int iterations = 20;
    private double workMs = 4;
    private int slowStage = -1;
    private double slowFactor = 1;
    private int costlyStage = -1;
    private double handOverMs;
    private int garbageMb;
    private Kernel kernel = Kernel.WAIT;
    private long startDelayMs;
    private Path truth;

    private JobOptions() {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException where it says something unknown
     */
    static JobOptions parse(String... args) {
        JobOptions options = new JobOptions();
        Deque<String> words = new ArrayDeque<>(Arrays.asList(args));
        while (!words.isEmpty()) {
            String name = words.pop();
            if (words.isEmpty()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            options.set(name, words.pop());
        }
        return options;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--stages":
                stages = Integer.parseInt(value);
                break;
            case "--microbatches":
                microBatches = Integer.parseInt(value);
                break;
            case "--iterations":
                iterations = Integer.parseInt(value);
                break;
            case "--work":
                workMs = Double.parseDouble(value);
                break;
            case "--slow":
                slowStage = Integer.parseInt(value.split(":", 2)[0]);
                slowFactor = Double.parseDouble(value.split(":", 2)[1]);
                break;
            case "--handover":
                costlyStage = Integer.parseInt(value.split(":", 2)[0]);
                handOverMs = Double.parseDouble(value.split(":", 2)[1]);
                break;
            case "--garbage":
                garbageMb = Integer.parseInt(value);
                break;
            case "--kernel":
                kernel = value.equals("spin") ? Kernel.SPIN : Kernel.WAIT;
                break;
            case "--start-delay":
                startDelayMs = Long.parseLong(value);
                break;
            case "--truth":
                truth = Path.of(value);
                break;
            default:
                throw new IllegalArgumentException("unknown option " + name);
        }
    }

    int stages() {
        return stages;
    }

    int microBatches() {
        return microBatches;
    }

    int iterations() {
        return iterations;
    }

    /** Work of {@code stage} on one micro-batch, in nanoseconds. */
    long workNs(int stage) {
        return Math.round(workMs * 1e6 * (stage == slowStage ? slowFactor : 1));
    }

    /** Cost of the hand-over from {@code stage} to the next one, in nanoseconds. */
    long handOverNs(int stage) {
        return stage == costlyStage ? Math.round(handOverMs * 1e6) : 0;
    }

    int garbageMb() {
        return garbageMb;
    }

    Kernel kernel() {
        return kernel;
    }

    long startDelayMs() {
        return startDelayMs;
    }

    /** Where the truth goes, or null. */
    Path truth() {
        return truth;
    }
}
