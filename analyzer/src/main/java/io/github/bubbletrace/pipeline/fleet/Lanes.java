package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.FoundPipeline;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several pipelines found are lanes of one: tensor-parallel ranks run their collectives inside tasks, and together.
 * Others are replicas.
 */
public final class Lanes {

    /** How far apart the ends of one collective are on one clock. */
    private static final long NEAR_NS = 20_000;

    /** So many of the collectives inside tasks must be common. */
    private static final double COMMON = 0.9;

    /** How sure replicas are that nothing in tasks contradicts. */
    private static final double REPLICAS = 0.9;

    /** The same where they run no collectives in tasks, and at the same times: lanes may run custom ones. */
    private static final double IN_STEP = 0.5;

    private final Fleet fleet;
    private final List<FoundPipeline> pipelines;
    private final Map<Integer, long[]> collectives = new HashMap<>();
    private final List<Integer> replica = new ArrayList<>();
    private final List<Integer> lane = new ArrayList<>();
    private double confidence;

    private Lanes(Fleet fleet, List<FoundPipeline> pipelines) {
        this.fleet = fleet;
        this.pipelines = pipelines;
    }

    /** Puts {@code pipelines} together; they are numbered as given. */
    public static Lanes of(Fleet fleet, List<FoundPipeline> pipelines) {
        Lanes lanes = new Lanes(fleet, pipelines);
        pipelines.forEach(lanes::collect);
        lanes.group();
        return lanes;
    }

    /** Replica of a pipeline. */
    public int replica(int pipeline) {
        return replica.get(pipeline);
    }

    /** Lane of a pipeline in its replica. */
    public int lane(int pipeline) {
        return lane.get(pipeline);
    }

    /** How that was found; of one pipeline alone there is nothing to find. */
    public List<StructureStep> steps() {
        if (pipelines.size() < 2) {
            return List.of();
        }
        boolean several = lane.stream().anyMatch(l -> l > 0);
        return List.of(new StructureStep(
                "lanes",
                confidence,
                several
                        ? "collectives inside tasks that ranks of a stage run together"
                        : "ranks of a stage run no common collectives inside tasks"));
    }

    private void group() {
        List<Integer> first = new ArrayList<>();
        Map<Integer, Integer> size = new HashMap<>();
        confidence = REPLICAS;
        for (int own = 0; own < pipelines.size(); own++) {
            int found = -1;
            for (int r = 0; r < first.size() && found < 0; r++) {
                double common = common(pipelines.get(first.get(r)), pipelines.get(own));
                found = common >= COMMON ? r : -1;
                confidence = found >= 0 ? Math.min(confidence, common) : confidence;
            }
            if (found < 0) {
                found = first.size();
                first.add(own);
            }
            replica.add(found);
            lane.add(size.merge(found, 1, Integer::sum) - 1);
        }
        boolean silent = collectives.values().stream().allMatch(own -> own.length == 0);
        confidence = silent ? IN_STEP : confidence;
    }

    /** The least share of common collectives on any stage. */
    private double common(FoundPipeline one, FoundPipeline other) {
        if (one.devices().size() != other.devices().size()) {
            return 0;
        }
        double least = 1;
        for (int place = 0; place < one.devices().size(); place++) {
            int a = one.devices().get(place);
            int b = other.devices().get(place);
            least = Math.min(least, Math.min(common(a, b), common(b, a)));
        }
        return least;
    }

    private double common(int device, int other) {
        long[] own = collectives.get(device);
        long[] others = collectives.get(other);
        long apart = NEAR_NS
                + Device.clockErrorNs(
                        fleet.devices().get(device), fleet.devices().get(other));
        long met = Arrays.stream(own)
                .filter(end -> {
                    int at = Arrays.binarySearch(others, end - apart);
                    int next = at >= 0 ? at : -at - 1;
                    return next < others.length && others[next] <= end + apart;
                })
                .count();
        return own.length == 0 ? 0 : (double) met / own.length;
    }

    private void collect(FoundPipeline pipeline) {
        Map<Integer, LongColumn> ends = new HashMap<>();
        pipeline.devices().forEach(device -> ends.put(device, new LongColumn()));
        for (FoundTask task : pipeline.tasks()) {
            IntervalSet inside =
                    fleet.devices().get(task.device()).activity().collective().clip(task.startNs(), task.endNs());
            for (int i = 0; i < inside.size(); i++) {
                ends.get(task.device()).add(inside.endNs(i));
            }
        }
        ends.forEach((device, own) -> {
            long[] sorted = own.toArray();
            Arrays.sort(sorted);
            collectives.put(device, sorted);
        });
    }
}
