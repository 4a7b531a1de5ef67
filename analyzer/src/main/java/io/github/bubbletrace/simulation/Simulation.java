package io.github.bubbletrace.simulation;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ScheduleGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A pipeline run played through to the nanosecond. The same specification always gives the same run. Immutable. */
public final class Simulation {

    /** No task gets shorter than this share of its duration, however far the jitter throws. */
    private static final double SHORTEST = 0.05;

    private final SimulationSpec spec;
    private final ScheduleGraph graph;
    private final List<SimulatedIteration> iterations;

    private Simulation(SimulationSpec spec, ScheduleGraph graph, List<SimulatedIteration> iterations) {
        this.spec = spec;
        this.graph = graph;
        this.iterations = List.copyOf(iterations);
    }

    /**
     * Plays {@code spec} through.
     *
     * @throws IllegalArgumentException where the schedule can never finish
     */
    public static Simulation run(SimulationSpec spec) {
        ScheduleGraph graph = ScheduleGraph.of(spec.schedule(), spec.receive());
        Random random = new Random(spec.seed());
        List<SimulatedIteration> iterations = new ArrayList<>();
        long startNs = 0;
        for (int index = 0; index < spec.iterations(); index++) {
            long[] durations = durationsNs(spec, graph, index, random);
            Replay replay = Replay.of(graph.graph(), durations, lagsNs(spec, graph), delaysNs(spec, graph));
            iterations.add(new SimulatedIteration(index, startNs, graph, replay));
            startNs += replay.makespanNs() + spec.boundaryNs();
        }
        return new Simulation(spec, graph, iterations);
    }

    /** What was simulated. */
    public SimulationSpec spec() {
        return spec;
    }

    /** The schedule that every iteration ran. */
    public ScheduleGraph graph() {
        return graph;
    }

    /** The iterations, first to run first. */
    public List<SimulatedIteration> iterations() {
        return iterations;
    }

    /** What an analysis of the run has to find. */
    public SimulationTruth truth() {
        List<PlantedCause> planted = new ArrayList<>();
        for (int stage = 0; stage < spec.shape().chunks(); stage++) {
            if (spec.imbalance().containsKey(stage) || spec.factor(stage) != 1) {
                planted.add(new PlantedCause(Cause.IMBALANCE, "stage " + stage + " x " + spec.factor(stage)));
            }
        }
        if (spec.jitter() > 0) {
            planted.add(new PlantedCause(Cause.JITTER, "every task by a share of " + spec.jitter()));
        }
        for (Straggler straggler : spec.stragglers()) {
            planted.add(new PlantedCause(
                    Cause.JITTER,
                    straggler.action() + " of iteration " + straggler.iteration() + " x " + straggler.factor()));
        }
        plantTimes(planted);
        planted.sort(Comparator.comparing(PlantedCause::cause).thenComparing(PlantedCause::where));
        return new SimulationTruth(
                iterations.stream().map(SimulatedIteration::windowNs).toList(), planted);
    }

    private void plantTimes(List<PlantedCause> planted) {
        if (spec.transferNs() > 0) {
            planted.add(new PlantedCause(Cause.P2P, "every link " + spec.transferNs() + " ns"));
        }
        spec.linkTransferNs().forEach((link, ns) -> {
            planted.add(new PlantedCause(Cause.P2P, "link " + link.low() + "-" + link.high() + " " + ns + " ns"));
        });
        if (spec.hostNs() > 0) {
            planted.add(new PlantedCause(Cause.HOST, "every stage " + spec.hostNs() + " ns"));
        }
        spec.stageHostNs().forEach((stage, ns) -> {
            planted.add(new PlantedCause(Cause.HOST, "stage " + stage + " " + ns + " ns"));
        });
    }

    private static long[] durationsNs(SimulationSpec spec, ScheduleGraph graph, int iteration, Random random) {
        Map<Action, Double> straggling = new HashMap<>();
        for (Straggler straggler : spec.stragglers()) {
            if (straggler.iteration() == iteration) {
                straggling.put(straggler.action(), straggler.factor());
            }
        }
        long[] durations = graph.durationsNs(spec.times());
        for (int task = 0; task < durations.length; task++) {
            Action action = graph.action(task);
            double factor = spec.factor(action.chunk()) * straggling.getOrDefault(action, 1.0);
            if (spec.jitter() > 0) {
                factor *= Math.max(SHORTEST, 1 + spec.jitter() * random.nextGaussian());
            }
            durations[task] = scaled(durations[task], factor);
        }
        return durations;
    }

    /** Leaves undisturbed durations exact however long they are. */
    private static long scaled(long ns, double factor) {
        return factor == 1.0 ? ns : Math.round(ns * factor);
    }

    private static long[] lagsNs(SimulationSpec spec, ScheduleGraph graph) {
        long[] lags = new long[graph.graph().edges()];
        Arrays.setAll(
                lags, edge -> graph.isTransfer(edge) ? spec.transferNs(graph.sender(edge), graph.receiver(edge)) : 0);
        return lags;
    }

    private static long[] delaysNs(SimulationSpec spec, ScheduleGraph graph) {
        long[] delays = new long[graph.graph().blocks()];
        Arrays.setAll(
                delays,
                block -> spec.hostNs(graph.action(graph.firstTask(block)).chunk()));
        return delays;
    }
}
