package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One row of the timeline: a device of a replica.
 *
 * @param replica number of its replica
 * @param stage its place in the pipeline; {@link #NONE} where there is no pipeline
 * @param rank rank of its process
 * @param gpu the process's ordinal of its GPU, or null
 * @param device its name
 */
public record Lane(int replica, int stage, int rank, Integer gpu, String device) {

    /** No stage. */
    public static final int NONE = -1;

    private static final Comparator<Lane> ORDER = Comparator.comparingInt(Lane::replica)
            .thenComparingInt(Lane::stage)
            .thenComparingInt(Lane::rank)
            .thenComparing(Lane::device);

    /** The lanes of all replicas: by replica, stage and rank. */
    public static List<Lane> of(List<PipelineAnalysis> pipelines) {
        Set<Lane> lanes = new LinkedHashSet<>();
        for (PipelineAnalysis pipeline : pipelines) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                iteration.devices().forEach(device -> lanes.add(of(pipeline.replica(), device)));
            }
        }
        List<Lane> sorted = new ArrayList<>(lanes);
        sorted.sort(ORDER);
        return sorted;
    }

    /** The lanes of devices without a pipeline, as they come. */
    public static List<Lane> ofDevices(List<DeviceSummary> devices) {
        return devices.stream()
                .map(device -> new Lane(0, NONE, device.rank(), device.gpu(), device.device()))
                .toList();
    }

    static Lane of(int replica, DeviceAnalysis device) {
        return new Lane(replica, device.stage(), device.rank(), device.gpu(), device.device());
    }
}
