package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.attribution.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** What changed from one run to another: per cause and stage, beside the noise between iterations. */
public final class Comparison {

    /** Differences below this share of the step are never worth a word. */
    private static final double LEAST_SHARE = 0.0005;

    private final SavedRun before;
    private final SavedRun after;
    private final boolean perMicroBatch;

    private Comparison(SavedRun before, SavedRun after) {
        this.before = before;
        this.after = after;
        this.perMicroBatch = hasSteps()
                && !Objects.equals(before.shape().microBatches(), after.shape().microBatches());
    }

    /** Compares two runs. */
    public static Comparison of(SavedRun before, SavedRun after) {
        return new Comparison(before, after);
    }

    /** Nanoseconds per iteration (or micro-batch) and device. */
    public record TimeChange(String name, Cause cause, Change change) {}

    /** What changed on one stage. */
    public record StageChange(int stage, TimeChange time) {}

    public SavedRun before() {
        return before;
    }

    public SavedRun after() {
        return after;
    }

    /** Whether both runs have iterations to compare. */
    public boolean hasSteps() {
        return before.hasIterations() && after.hasIterations();
    }

    /** Whether times are per micro-batch because the runs have different numbers of them. */
    public boolean isPerMicroBatch() {
        return perMicroBatch;
    }

    /** Whether stage i of both runs does the same. */
    public boolean hasSameStages() {
        return hasSteps()
                && before.shape().stages() == after.shape().stages()
                && before.shape().chunksPerDevice() == after.shape().chunksPerDevice()
                && before.shape().tensorParallel() == after.shape().tensorParallel();
    }

    /** Whether at least one run has a single iteration, so that nothing is known about the noise. */
    public boolean isNoiseUnknown() {
        return step().noise() == null;
    }

    /** Length of the window. */
    public Change step() {
        return change(SavedRun.Iteration::windowNs);
    }

    /** Idle share of device time. */
    public Change bubble() {
        return Change.of(shares(before), shares(after));
    }

    /** Busy time and idle time by cause, means over the devices: they sum to the step. Causes without any time are left out. */
    public List<TimeChange> times() {
        List<TimeChange> times = new ArrayList<>();
        times.add(new TimeChange("busy", null, change(iteration -> mean(iteration, SavedRun.Device::busyNs))));
        for (Cause cause : Cause.values()) {
            Change change = change(
                    iteration -> mean(iteration, device -> device.idleNs().get(cause)));
            if (change.before() > 0 || change.after() > 0) {
                times.add(new TimeChange(cause.key(), cause, change));
            }
        }
        return times;
    }

    /** Those of {@link #times} that changed beyond the noise, the largest first. */
    public List<TimeChange> changed() {
        return times().stream()
                .filter(time -> isNotable(time.change()))
                .sorted((a, b) -> Double.compare(
                        Math.abs(b.change().difference()), Math.abs(a.change().difference())))
                .toList();
    }

    /** Busy and idle times of single stages that changed beyond the noise; none where stages cannot be matched. */
    public List<StageChange> changedStages() {
        List<StageChange> changes = new ArrayList<>();
        if (!hasSameStages()) {
            return changes;
        }
        for (int stage = 0; stage < before.shape().stages(); stage++) {
            int of = stage;
            add(changes, of, "busy", null, SavedRun.Device::busyNs);
            for (Cause cause : Cause.values()) {
                add(changes, of, cause.key(), cause, device -> device.idleNs().get(cause));
            }
        }
        changes.sort((a, b) -> Double.compare(
                Math.abs(b.time().change().difference()),
                Math.abs(a.time().change().difference())));
        return changes;
    }

    private void add(
            List<StageChange> changes, int stage, String name, Cause cause, ToLongFunction<SavedRun.Device> time) {
        Change change = change(iteration -> meanOfStage(iteration, stage, time));
        if (isNotable(change)) {
            changes.add(new StageChange(stage, new TimeChange(name, cause, change)));
        }
    }

    /** Whether a time changed beyond the noise and by more than a two-thousandth of the step. */
    public boolean isNotable(Change change) {
        return change.isBeyondNoise(LEAST_SHARE * step().before());
    }

    /** Ids of findings that are in one run and not in the other. */
    public List<SavedRun.SavedFinding> onlyIn(SavedRun run, SavedRun other) {
        return run.findings().stream()
                .filter(finding -> other.findings().stream().noneMatch(f -> f.id().equals(finding.id())))
                .toList();
    }

    /** Step times of a run in nanoseconds, per micro-batch where the comparison is. */
    public double[] steps(SavedRun run) {
        return samples(run, SavedRun.Iteration::windowNs);
    }

    private Change change(ToNs time) {
        return Change.of(samples(before, time), samples(after, time));
    }

    private double[] samples(SavedRun run, ToNs time) {
        return run.iterations().stream()
                .mapToDouble(
                        iteration -> time.of(iteration) / (perMicroBatch ? Math.max(1, iteration.microBatches()) : 1))
                .toArray();
    }

    private static double[] shares(SavedRun run) {
        return run.iterations().stream()
                .mapToDouble(iteration ->
                        mean(iteration, device -> device.idleNs().total()) / Math.max(1, iteration.windowNs()))
                .toArray();
    }

    private static double mean(SavedRun.Iteration iteration, ToLongFunction<SavedRun.Device> time) {
        return iteration.devices().stream().mapToLong(time).average().orElse(0);
    }

    private static double meanOfStage(SavedRun.Iteration iteration, int stage, ToLongFunction<SavedRun.Device> time) {
        return iteration.devices().stream()
                .filter(device -> device.stage() == stage)
                .mapToLong(time)
                .average()
                .orElse(0);
    }

    /** A time of an iteration in nanoseconds. */
    private interface ToNs {
        double of(SavedRun.Iteration iteration);
    }

    /** Mean busy share of a run's devices over the whole recording: all that can be compared without a pipeline. */
    public static double busyShare(SavedRun run) {
        return run.devices().stream()
                .filter(device -> device.windowNs() > 0)
                .mapToDouble(device -> (double) device.busyNs() / device.windowNs())
                .average()
                .orElse(0);
    }
}
