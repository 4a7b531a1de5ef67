package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of one device take the median of its peers: of the same chunk on other replicas and lanes, or, where there is
 * none, of the same phase on the other devices of its pipeline.
 */
final class DeviceAtMedian implements JobChange {

    private final String name;

    DeviceAtMedian(String name) {
        this.name = name;
    }

    @Override
    public String job() {
        return "bring " + name + " up to its peers: clocks, power and temperature limits, other work on it";
    }

    @Override
    public StepChange costs(Job job) {
        int replica = -1;
        int device = -1;
        for (int r = 0; r < job.replicas().size(); r++) {
            List<Device> devices = job.replicas().get(r).run().devices();
            for (int d = 0; d < devices.size(); d++) {
                if (isNamed(devices.get(d))) {
                    replica = r;
                    device = d;
                }
            }
        }
        if (device < 0) {
            throw new RefusedChangeException(
                    "no device is named " + name,
                    "devices are named as " + job.first().run().devices().get(0).name());
        }
        return faster(job.replicas().get(replica), device, targets(job, replica, device));
    }

    private boolean isNamed(Device device) {
        return device.name().equals(name) || device.name().startsWith(name + ":");
    }

    private static StepChange faster(Replica slow, int device, Map<List<Object>, Double> targets) {
        return (replica, step) -> !replica.isSame(slow)
                ? step
                : step.withOwn(task -> {
                    Double target = targets.get(key(step, task));
                    return step.device(task) != device || target == null || step.factor(task) <= 0
                            ? step.ownNs(task)
                            : Math.round(step.ownNs(task) * target / step.factor(task));
                });
    }

    /** The peers' median factor for each phase and chunk of the device. */
    private static Map<List<Object>, Double> targets(Job job, int slow, int device) {
        Map<List<Object>, List<Double>> twins = new HashMap<>();
        Map<Object, List<Double>> others = new HashMap<>();
        Replica own = job.replicas().get(slow);
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int task = 0; task < step.graph().tasks(); task++) {
                    boolean same = replica.isSame(own) && step.device(task) == device;
                    if (!same) {
                        twins.computeIfAbsent(key(step, task), k -> new ArrayList<>())
                                .add(step.factor(task));
                    }
                    if (!same && replica.isSame(own)) {
                        others.computeIfAbsent(step.action(task).phase(), k -> new ArrayList<>())
                                .add(step.factor(task));
                    }
                }
            }
        }
        Map<List<Object>, Double> targets = new HashMap<>();
        for (Step step : own.steps()) {
            for (int task = 0; task < step.graph().tasks(); task++) {
                if (step.device(task) == device) {
                    List<Object> key = key(step, task);
                    List<Double> peers = twins.getOrDefault(
                            key, others.getOrDefault(step.action(task).phase(), List.of()));
                    targets.computeIfAbsent(
                            key,
                            k -> peers.isEmpty()
                                    ? null
                                    : Median.of(peers.stream().mapToDouble(Double::doubleValue)));
                }
            }
        }
        return targets;
    }

    private static List<Object> key(Step step, int task) {
        Action action = step.action(task);
        return List.of(action.phase(), action.chunk());
    }
}
