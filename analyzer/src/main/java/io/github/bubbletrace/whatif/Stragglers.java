package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.StragglerAnalysis.Group;
import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.whatif.PartLengths.Kind;
import io.github.bubbletrace.whatif.PartLengths.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who makes a job's steps longer than they would be if nobody straggled. Of each stage, replica, device and phase in both
 * directions, for these differ: only it as recorded and the rest ideal, and only it ideal and the rest as recorded.
 */
final class Stragglers {

    /** Gives the length of one step of a replica, in nanoseconds. */
    private interface Length {
        long ofNs(int replica, PartLengths step);
    }

    private final List<Replica> replicas;
    private final Ideal ideal;
    private final List<Part> parts;
    private final List<List<PartLengths>> steps;
    private final long recordedNs;
    private final long idealNs;

    private Stragglers(Job job) {
        replicas = job.replicas();
        ideal = new Ideal(replicas);
        parts = parts();
        steps = replicas.stream().map(this::lengths).toList();
        PartLengths.play(steps.stream().flatMap(List::stream).toList());
        recordedNs = mean((r, step) -> step.recordedNs());
        idealNs = mean((r, step) -> step.idealNs());
    }

    static StragglerAnalysis of(Job job) {
        return new Stragglers(job).analysis(job.microBatches() != 1);
    }

    private List<PartLengths> lengths(Replica replica) {
        return replica.steps().stream()
                .map(step -> {
                    long[] own = ideal.ownNs(step);
                    Step prompt = step.withGaps(task -> 0).withLate(edge -> 0).withDelays(block -> 0);
                    Step best = prompt.withOwn(task -> own[task]).withTransfers(edge -> ideal.transferNs(step, edge));
                    return new PartLengths(replica, prompt, best, parts);
                })
                .toList();
    }

    private List<Part> parts() {
        List<Part> all = new ArrayList<>();
        for (int stage = 0; stage < first().places(); stage++) {
            all.add(new Part(Kind.STAGE, stage));
        }
        for (Phase phase : Phase.values()) {
            if (replicas.get(0).runs(phase)) {
                all.add(new Part(Kind.PHASE, phase.ordinal()));
            }
        }
        all.add(new Part(Kind.TRANSFERS, 0));
        for (int device = 0; device < first().devices().size() && first().lanes() > 1; device++) {
            all.add(new Part(Kind.DEVICE, device));
        }
        return List.copyOf(all);
    }

    private StragglerAnalysis analysis(boolean hasSizes) {
        List<Group> groups = groups();
        return new StragglerAnalysis(
                replicas.stream().mapToInt(r -> r.steps().size()).max().orElse(0),
                recordedNs,
                idealNs,
                ratio(recordedNs, idealNs),
                hasSizes ? ratio(sizesNs(), idealNs) : null,
                groups,
                IntStream.range(0, first().places()).mapToObj(this::onReplicas).toList(),
                replicas.stream().map(r -> r.run().replica()).toList());
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (int stage = 0; stage < first().places(); stage++) {
            groups.add(everywhere("stage", Integer.toString(stage), new Part(Kind.STAGE, stage)));
        }
        for (int r = 0; r < replicas.size() && replicas.size() > 1; r++) {
            int number = r;
            groups.add(new Group(
                    "replica",
                    Integer.toString(replicas.get(r).run().replica()),
                    ratio(mean((other, step) -> other == number ? step.recordedNs() : step.idealNs()), idealNs),
                    ratio(mean((other, step) -> other == number ? step.idealNs() : step.recordedNs()), recordedNs)));
        }
        for (int r = 0; r < replicas.size() && !isDeviceAStage(); r++) {
            devices(r, groups);
        }
        for (Phase phase : Phase.values()) {
            if (replicas.get(0).runs(phase)) {
                groups.add(everywhere("phase", phase.name(), new Part(Kind.PHASE, phase.ordinal())));
            }
        }
        groups.add(everywhere("transfers", "all", new Part(Kind.TRANSFERS, 0)));
        if (isDeviceAStage()) {
            devices(0, groups);
        }
        return List.copyOf(groups);
    }

    /** The devices of a replica; where every stage is one device, both are one part. */
    private void devices(int replica, List<Group> groups) {
        List<Device> devices = replicas.get(replica).run().devices();
        for (int device = 0; device < devices.size(); device++) {
            Part part = first().lanes() > 1
                    ? new Part(Kind.DEVICE, device)
                    : new Part(Kind.STAGE, replicas.get(replica).stageOf(device));
            groups.add(on(replica, "device", devices.get(device).name(), part));
        }
    }

    /** Whether each stage is one device of the job, so that both straggle alike. */
    private boolean isDeviceAStage() {
        return replicas.size() == 1 && first().lanes() == 1;
    }

    private PipelineRun first() {
        return replicas.get(0).run();
    }

    private Group everywhere(String kind, String name, Part part) {
        int number = parts.indexOf(part);
        return new Group(
                kind,
                name,
                ratio(mean((r, step) -> step.addedNs(number)), idealNs),
                ratio(mean((r, step) -> step.removedNs(number)), recordedNs));
    }

    private Group on(int replica, String kind, String name, Part part) {
        int number = parts.indexOf(part);
        return new Group(
                kind,
                name,
                ratio(mean((r, step) -> r == replica ? step.addedNs(number) : step.idealNs()), idealNs),
                ratio(mean((r, step) -> r == replica ? step.removedNs(number) : step.recordedNs()), recordedNs));
    }

    private List<Double> onReplicas(int stage) {
        return IntStream.range(0, replicas.size())
                .mapToObj(r -> on(r, "stage", "", new Part(Kind.STAGE, stage)).added())
                .toList();
    }

    /** The step with every task at its micro-batch's size, the rest ideal. */
    private long sizesNs() {
        Map<Integer, Long> slowest = new TreeMap<>();
        for (Replica replica : replicas) {
            for (Step step : replica.steps()) {
                long[] own = ideal.ownNs(step);
                long ns = step.withGaps(task -> 0)
                        .withLate(edge -> 0)
                        .withDelays(block -> 0)
                        .withOwn(task -> Math.round(own[task] * step.size(task)))
                        .withTransfers(edge -> ideal.transferNs(step, edge))
                        .lengthNs();
                slowest.merge(step.iteration(), ns, Math::max);
            }
        }
        return Played.mean(slowest);
    }

    private long mean(Length length) {
        Map<Integer, Long> slowest = new TreeMap<>();
        for (int r = 0; r < steps.size(); r++) {
            for (int s = 0; s < steps.get(r).size(); s++) {
                int iteration = replicas.get(r).steps().get(s).iteration();
                slowest.merge(iteration, length.ofNs(r, steps.get(r).get(s)), Math::max);
            }
        }
        return Played.mean(slowest);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
