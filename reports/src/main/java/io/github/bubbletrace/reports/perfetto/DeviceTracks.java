package io.github.bubbletrace.reports.perfetto;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.perfetto.TraceEvents.Track;
import java.util.Map;
import java.util.TreeMap;

/**
 * Process and thread numbers in a Chrome trace: a process per rank, in it three groups of threads per GPU, and after
 * them a thread per stream of kernels. Process 0 is
 * left free: viewers take it for the system's idle process.
 */
final class DeviceTracks {

    private static final int FIRST_RANK = 1;

    /** Threads of one group: more slices at once than this share the last one. */
    private static final int LANES = 16;

    private static final int GROUPS = Group.values().length;

    /** What the threads of a device show. */
    enum Group {
        TASKS("tasks"),
        IDLE("idle"),
        TRANSFERS("transfers in");

        private final String label;

        Group(String label) {
            this.label = label;
        }
    }

    /** Behind the threads of any GPU. */
    private static final int FIRST_KERNELS = 1 << 20;

    private final Map<Integer, Integer> stageOfRank = new TreeMap<>();
    private final int lastRank;

    /** The ranks of all pipelines. */
    DeviceTracks(Analysis analysis) {
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                iteration.devices().forEach(device -> stageOfRank.putIfAbsent(device.rank(), device.stage()));
            }
        }
        lastRank = Math.max(
                stageOfRank.keySet().stream().mapToInt(rank -> rank).max().orElse(0),
                analysis.inputs().stream()
                        .flatMap(input -> input.ranks().stream())
                        .mapToInt(rank -> rank)
                        .max()
                        .orElse(0));
    }

    /** Stage by rank, by rank. */
    Map<Integer, Integer> stageOfRank() {
        return stageOfRank;
    }

    static int process(int rank) {
        return rank + FIRST_RANK;
    }

    /** The process that holds the iterations of a replica: after all ranks. */
    int replicaProcess(int replica) {
        return process(lastRank) + 1 + replica;
    }

    static Track track(DeviceAnalysis device, Group group, int lane) {
        int gpu = device.gpu() == null ? 0 : device.gpu();
        int thread = 1 + (gpu * GROUPS + group.ordinal()) * LANES + Math.min(lane, LANES - 1);
        return new Track(process(device.rank()), thread);
    }

    /** The {@code index}-th track of kernels of {@code rank}. */
    static Track kernels(int rank, int index) {
        return new Track(process(rank), FIRST_KERNELS + index);
    }

    static String name(DeviceAnalysis device, Group group, int lane) {
        String gpu = device.gpu() == null ? "" : "gpu" + device.gpu() + ' ';
        return gpu + group.label + (lane == 0 ? "" : " (" + (lane + 1) + ')');
    }
}
