package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.StragglerAnalysis.Group;
import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.pipeline.Device;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Who makes a job's steps longer than they would be if nobody straggled. Of each stage, replica, device and phase in both
 * directions, for these differ: only it as recorded and the rest ideal, and only it ideal and the rest as recorded.
 */
final class Stragglers {

    /** Which tasks are as recorded, and which edges. */
    private record Selection(TaskTest task, EdgeTest edge) {}

    private interface TaskTest {
        boolean holds(int replica, int device, Phase phase);
    }

    private interface EdgeTest {
        boolean holds(int replica, int receiver);
    }

    private static final TaskTest NO_TASK = (replica, device, phase) -> false;
    private static final EdgeTest NO_EDGE = (replica, receiver) -> false;

    private final List<Replica> replicas;
    private final Ideal ideal;
    private final List<List<long[]>> idealOwnNs;
    private final List<List<Step>> prompt;
    private final long[][] recordedNs;
    private final long[][] idealNs;

    private Stragglers(Job job) {
        replicas = job.replicas();
        ideal = new Ideal(replicas);
        idealOwnNs = replicas.stream()
                .map(r -> r.steps().stream().map(ideal::ownNs).toList())
                .toList();
        prompt = replicas.stream()
                .map(r -> r.steps().stream().map(Stragglers::withoutHost).toList())
                .toList();
        recordedNs = lengths(new Selection((r, d, p) -> true, (r, d) -> true), null);
        idealNs = lengths(new Selection(NO_TASK, NO_EDGE), null);
    }

    static StragglerAnalysis of(Job job) {
        Stragglers stragglers = new Stragglers(job);
        return stragglers.analysis(job.microBatches() != 1);
    }

    private StragglerAnalysis analysis(boolean hasSizes) {
        long recorded = mean(recordedNs);
        long best = mean(idealNs);
        return new StragglerAnalysis(
                replicas.stream().mapToInt(r -> r.steps().size()).max().orElse(0),
                recorded,
                best,
                ratio(recorded, best),
                hasSizes ? ratio(mean(sizesNs()), best) : null,
                groups(),
                stageByReplica(),
                replicas.stream().map(r -> r.run().replica()).toList());
    }

    private List<Group> groups() {
        List<Group> named = new ArrayList<>();
        List<Selection> selections = new ArrayList<>();
        for (int stage = 0; stage < replicas.get(0).run().places(); stage++) {
            int number = stage;
            named.add(new Group("stage", Integer.toString(stage), 0, 0));
            selections.add(devices((r, d) -> replicas.get(r).stageOf(d) == number));
        }
        for (int replica = 0; replica < replicas.size() && replicas.size() > 1; replica++) {
            int number = replica;
            named.add(new Group(
                    "replica", Integer.toString(replicas.get(replica).run().replica()), 0, 0));
            selections.add(devices((r, d) -> r == number));
        }
        for (int replica = 0; replica < replicas.size(); replica++) {
            List<Device> devices = replicas.get(replica).run().devices();
            for (int device = 0; device < devices.size(); device++) {
                int ofReplica = replica;
                int number = device;
                named.add(new Group("device", devices.get(device).name(), 0, 0));
                selections.add(devices((r, d) -> r == ofReplica && d == number));
            }
        }
        for (Phase phase : Phase.values()) {
            if (replicas.get(0).runs(phase)) {
                named.add(new Group("phase", phase.name(), 0, 0));
                selections.add(new Selection((r, d, p) -> p == phase, NO_EDGE));
            }
        }
        named.add(new Group("transfers", "all", 0, 0));
        selections.add(new Selection(NO_TASK, (r, d) -> true));
        return measured(named, selections);
    }

    private List<Group> measured(List<Group> named, List<Selection> selections) {
        Group[] groups = new Group[named.size()];
        Cores.forEach(groups.length, i -> {
            Selection group = selections.get(i);
            Selection rest = new Selection((r, d, p) -> !group.task.holds(r, d, p), (r, d) -> !group.edge.holds(r, d));
            groups[i] = new Group(
                    named.get(i).kind(),
                    named.get(i).name(),
                    ratio(mean(lengths(group, idealNs)), mean(idealNs)),
                    ratio(mean(lengths(rest, recordedNs)), mean(recordedNs)));
        });
        return List.of(groups);
    }

    private List<List<Double>> stageByReplica() {
        int stages = replicas.get(0).run().places();
        Double[][] cells = new Double[stages][replicas.size()];
        Cores.forEach(stages * replicas.size(), i -> {
            int stage = i / replicas.size();
            int replica = i % replicas.size();
            Selection cell = devices((r, d) -> r == replica && replicas.get(r).stageOf(d) == stage);
            cells[stage][replica] = ratio(mean(lengths(cell, idealNs)), mean(idealNs));
        });
        return IntStream.range(0, stages).mapToObj(s -> List.of(cells[s])).toList();
    }

    private static Selection devices(EdgeTest device) {
        return new Selection((r, d, phase) -> device.holds(r, d), device);
    }

    /** The length of every step; those of replicas that the selection does not touch are {@code otherwise}'s. */
    private long[][] lengths(Selection recorded, long[][] otherwise) {
        long[][] lengths = new long[replicas.size()][];
        for (int r = 0; r < lengths.length; r++) {
            int replica = r;
            lengths[r] = otherwise != null && isUniform(recorded, r, otherwise == idealNs)
                    ? otherwise[r]
                    : IntStream.range(0, prompt.get(r).size())
                            .mapToLong(s -> length(mixed(replica, s, recorded)))
                            .toArray();
        }
        return lengths;
    }

    /** Whether no device of a replica is as recorded, or (in the other direction) every one is. */
    private boolean isUniform(Selection recorded, int replica, boolean allIdeal) {
        Predicate<Phase> everyDevice = phase -> IntStream.range(
                        0, replicas.get(replica).run().devices().size())
                .allMatch(d -> recorded.task.holds(replica, d, phase) != allIdeal
                        && recorded.edge.holds(replica, d) != allIdeal);
        return java.util.Arrays.stream(Phase.values()).allMatch(everyDevice);
    }

    private Step mixed(int replica, int index, Selection recorded) {
        Step step = prompt.get(replica).get(index);
        long[] own = idealOwnNs.get(replica).get(index);
        return step.withOwn(task -> recorded.task.holds(
                                replica, step.device(task), step.action(task).phase())
                        ? step.ownNs(task)
                        : own[task])
                .withTransfers(edge -> recorded.edge.holds(replica, LinkAtMedian.receiver(step, edge))
                        ? step.transferNs(edge)
                        : ideal.transferNs(step, edge));
    }

    /** Every task at its micro-batch's size, the rest ideal. */
    private long[][] sizesNs() {
        long[][] lengths = new long[replicas.size()][];
        for (int r = 0; r < lengths.length; r++) {
            List<Step> steps = prompt.get(r);
            List<long[]> own = idealOwnNs.get(r);
            lengths[r] = IntStream.range(0, steps.size())
                    .mapToLong(s -> {
                        Step step = steps.get(s);
                        return length(step.withOwn(task -> Math.round(own.get(s)[task] * step.size(task)))
                                .withTransfers(edge -> ideal.transferNs(step, edge)));
                    })
                    .toArray();
        }
        return lengths;
    }

    private static Step withoutHost(Step step) {
        return step.withGaps(task -> 0).withLate(edge -> 0).withDelays(block -> 0);
    }

    private static long length(Step step) {
        return Step.lengthNs(step.replay());
    }

    private long mean(long[][] lengths) {
        Map<Integer, Long> slowest = new TreeMap<>();
        for (int r = 0; r < lengths.length; r++) {
            for (int s = 0; s < lengths[r].length; s++) {
                slowest.merge(replicas.get(r).steps().get(s).iteration(), lengths[r][s], Math::max);
            }
        }
        return Played.mean(slowest);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
