package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.pipeline.extract.HeldMemory;
import java.util.ArrayList;
import java.util.List;

/** What the allocations of a job's trace say of its devices' memory. Immutable. */
final class MeasuredMemory {

    /** A step counts as one in which memory comes and goes where it does by this share of what it does over all steps. */
    private static final double FALLS = 0.5;

    private final List<DeviceMemory> devices = new ArrayList<>();
    private final double[] baseOfStage;
    private final double[] activationOfStage;

    MeasuredMemory(Job job) {
        baseOfStage = new double[job.stages()];
        activationOfStage = new double[job.stages()];
        for (Replica replica : job.replicas()) {
            for (int device = 0; device < replica.run().devices().size(); device++) {
                HeldMemory held = replica.run().devices().get(device).memory();
                if (held.isKnown()) {
                    add(replica, device, held);
                }
            }
        }
    }

    private void add(Replica replica, int device, HeldMemory held) {
        int stage = replica.stageOf(device);
        String name = replica.run().devices().get(device).name();
        int inFlight = replica.peakInFlight().get(stage);
        List<WindowRun> windows = replica.windows();
        long from = windows.get(0).window().windowStartNs();
        long to = windows.get(windows.size() - 1).window().windowEndNs();
        long base = held.leastBytes(from, to);
        long varying = held.mostBytes(from, to) - base;
        boolean isSupported = inFlight > 0
                && varying > 0
                && windows.stream().allMatch(run -> varying(held, run.window()) >= FALLS * varying);
        if (!isSupported) {
            devices.add(new DeviceMemory(name, held.peakBytes(), null, null));
            return;
        }
        double activation = (double) varying / inFlight * replica.run().chunksPerDevice();
        devices.add(new DeviceMemory(name, held.peakBytes(), base, Math.round(activation)));
        baseOfStage[stage] = Math.max(baseOfStage[stage], (double) base);
        activationOfStage[stage] = Math.max(activationOfStage[stage], activation);
    }

    private static long varying(HeldMemory held, Window window) {
        return held.mostBytes(window.windowStartNs(), window.windowEndNs())
                - held.leastBytes(window.windowStartNs(), window.windowEndNs());
    }

    /** Every device with allocations in the trace. */
    List<DeviceMemory> devices() {
        return List.copyOf(devices);
    }

    /** Whether every stage's activations are known. */
    boolean isComplete() {
        for (double activation : activationOfStage) {
            if (activation <= 0) {
                return false;
            }
        }
        return activationOfStage.length > 0;
    }

    /** What the fullest device of a stage holds when nothing is in flight, in bytes. */
    double baseBytes(int stage) {
        return baseOfStage[stage];
    }

    /** What a micro-batch in flight adds to it, in bytes. */
    double activationBytes(int stage) {
        return activationOfStage[stage];
    }
}
