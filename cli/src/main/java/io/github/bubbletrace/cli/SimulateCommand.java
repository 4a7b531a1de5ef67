package io.github.bubbletrace.cli;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bubbletrace simulate}: writes a trace whose true attribution is known. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Writes a simulated pipeline run in Nsight Systems' SQLite form.",
        footer = "A stage is a chunk, numbered over the whole pipeline. Options marked * may be repeated.")
public final class SimulateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScheduleOptions schedule;

    @Mixin
    private CopyOptions copies;

    @Option(names = "--stages", paramLabel = "P", description = "Devices of the pipeline")
    private Integer stages;

    @Option(names = "--microbatches", paramLabel = "M", description = "Micro-batches per iteration")
    private Integer microBatches;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PATH",
            description = "The file to write, or the folder with --ranks-per-file")
    private Path output;

    @Option(
            names = "--transfer",
            paramLabel = "TIME|A-B:TIME",
            converter = Disturbance.OfTransfer.class,
            description = "* Time of every transfer, or of those between ranks A and B (default: 0)")
    private List<Disturbance> transfers = new ArrayList<>();

    @Option(
            names = "--imbalance",
            paramLabel = "stage=N:FACTOR",
            converter = Disturbance.OfImbalance.class,
            description = "* Makes a stage slower")
    private List<Disturbance> imbalances = new ArrayList<>();

    @Option(
            names = "--host",
            paramLabel = "[stage=N:]TIME",
            converter = Disturbance.OfHost.class,
            description = "* Starts every task, or a stage's, that much late")
    private List<Disturbance> hosts = new ArrayList<>();

    @Option(
            names = "--straggler",
            paramLabel = "it=I:F|B|W|R|P|D|V|S:stage=N:mb=M:FACTOR",
            converter = Disturbance.OfStraggler.class,
            description = "* Makes one task slower")
    private List<Disturbance> stragglers = new ArrayList<>();

    @Option(
            names = "--clock-skew",
            paramLabel = "rank=R:TIME[+Nppm]",
            converter = Disturbance.OfClockSkew.class,
            description = "* Puts a rank's clock ahead, and makes it go faster by N ppm; needs a file per rank")
    private List<Disturbance> skews = new ArrayList<>();

    @Option(
            names = "--jitter",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Standard deviation of the tasks' times as a share of them (default: 0)")
    private double jitter;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the jitter (default: 0)")
    private long seed;

    @Option(names = "--iterations", paramLabel = "N", defaultValue = "1", description = "Iterations (default: 1)")
    private int iterations;

    @Option(
            names = "--boundary",
            paramLabel = "TIME",
            defaultValue = "1ms",
            converter = DurationConverter.class,
            description = "Idle time between iterations (default: 1ms)")
    private long boundaryNs;

    @Option(names = "--kernels", paramLabel = "N", defaultValue = "1", description = "Kernels per task (default: 1)")
    private int kernels;

    @Option(
            names = "--layer-weights",
            paramLabel = "WEIGHTS",
            converter = KeyConverters.OfLayers.class,
            description =
                    "Weights of each stage's layers, e an embedding, h a head, stages apart by strokes: e2,1,1/1,1/1,h4;"
                            + " a stage's share of all is its share of the time, and each part has a range and kernels of its own")
    private ModelParts model = ModelParts.NONE;

    @Option(
            names = "--labels",
            paramLabel = "STYLE",
            defaultValue = "own",
            converter = KeyConverters.OfLabels.class,
            description = "Range names: own, torch, megatron or none (default: own)")
    private Labels labels;

    @Option(
            names = "--nccl",
            paramLabel = "DETAIL",
            defaultValue = "calls",
            converter = KeyConverters.OfNccl.class,
            description =
                    "What NCCL's ranges say: calls, payload or json (calls with communicator, size and peer), or none"
                            + " (default: calls)")
    private NcclDetail nccl;

    @Option(
            names = "--batched",
            description =
                    "What two stages send each other at the same moment is one kernel on each, as batched calls make it")
    private boolean batched;

    @Option(
            names = "--receives",
            paramLabel = "MODE",
            defaultValue = "preposted",
            converter = KeyConverters.OfReceive.class,
            description = "When receives are posted: preposted, serial or blocking (default: preposted)")
    private Receive receives;

    @Option(
            names = "--ranks-per-file",
            paramLabel = "N",
            description = "Writes a folder with a file for each N ranks (default: one file for all)")
    private Integer ranksPerFile;

    @Override
    public Integer call() {
        Simulation run = run();
        List<Path> files = write(run);
        PrintWriter out = spec.commandLine().getOut();
        double windowMs = run.truth().windowNs().stream()
                        .mapToLong(Long::longValue)
                        .average()
                        .orElse(0)
                / 1e6;
        String where = files.size() == 1 ? files.get(0).toString() : files.size() + " files in " + output;
        String what = schedule.isAsynchronous() ? "one run" : iterations + " iterations";
        out.printf(Locale.ROOT, "%s: %s of %.3f ms%n", where, what, windowMs);
        out.flush();
        return 0;
    }

    private Simulation run() {
        try {
            return Simulation.run(simulation());
        } catch (IllegalArgumentException e) {
            throw schedule.unusable(e.getMessage());
        }
    }

    private SimulationSpec simulation() {
        if (ranksPerFile != null && ranksPerFile < 1) {
            throw schedule.unusable("--ranks-per-file must be at least 1");
        }
        Schedule orders = orders();
        SimulationBuilder run = SimulationSpec.builder(orders, schedule.times(orders))
                .jitter(jitter)
                .seed(seed)
                .iterations(schedule.isAsynchronous() ? 1 : iterations)
                .marked(schedule.isAsynchronous() && iterations > 1 ? microBatches : 0)
                .boundary(boundaryNs)
                .kernels(kernels)
                .model(model)
                .labels(labels)
                .nccl(nccl)
                .batched(batched)
                .receive(receives)
                .layout(copies.layout(orders.shape().devices()))
                .ranksPerFile(ranksPerFile == null ? 0 : ranksPerFile);
        for (List<Disturbance> planted : List.of(transfers, imbalances, hosts, stragglers, skews)) {
            planted.forEach(disturbance -> disturbance.plant(run));
        }
        return run.build();
    }

    private Schedule orders() {
        if (schedule.isFromFile()) {
            return schedule.fromFile();
        }
        if (stages == null || microBatches == null) {
            throw schedule.unusable("--schedule needs --stages and --microbatches");
        }
        if (iterations < 1) {
            throw schedule.unusable("--iterations must be at least 1");
        }
        if (schedule.isAsynchronous()) {
            long all = Math.min((long) iterations * microBatches, Integer.MAX_VALUE);
            return schedule.generate(stages, (int) all, copies.count(), transferNs());
        }
        return schedule.generate(stages, microBatches, iterations * copies.count(), transferNs());
    }

    /** The time of links that are not named; 0 where none is given. */
    private long transferNs() {
        return transfers.stream().mapToLong(Disturbance::everyLinkNs).max().orElse(0);
    }

    private List<Path> write(Simulation run) {
        try {
            return NsysWriter.write(run, output);
        } catch (IOException e) {
            throw schedule.unusable("cannot write " + output + ": " + e.getMessage());
        }
    }
}
