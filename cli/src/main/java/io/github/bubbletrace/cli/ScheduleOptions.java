package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.AutomaticZeroBubble;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Recomputation;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name a schedule and how long its tasks take. */
final class ScheduleOptions {

    /** 5 M tasks were simulated in a heap of 1.5 GB; a JVM takes 2 by default where there are 8. */
    private static final long MOST_TASKS = 5_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--schedule",
            paramLabel = "KIND",
            converter = KeyConverters.OfSchedule.class,
            description = "naive, gpipe, 1f1b, interleaved, pipedream, zb-h1, zb-h2, zb-v, dualpipe, dualpipe-v, "
                    + "forward, decode, or zb-auto: the best zero-bubble order found for the given times and memory")
    private ScheduleChoice kind;

    @Option(
            names = "--actions",
            paramLabel = "FILE",
            description = "Instead of --schedule: orders as PyTorch writes them, a line a rank, as 0F0,0F1,0I0,0W0")
    private Path actions;

    @Option(
            names = "--chunks",
            paramLabel = "V",
            description = "Chunks per device (default: 1; 2 where the kind has two)")
    private Integer chunks;

    @Option(
            names = "--group-size",
            paramLabel = "G",
            defaultValue = "0",
            description =
                    "interleaved and forward with chunks: micro-batches that a device takes through a chunk at a time,"
                            + " as Megatron's --microbatch-group-size-per-virtual-pipeline-stage (default: as many as stages)")
    private int groupSize;

    @Option(
            names = "--variant",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which of a kind's orders, as gpipe's with backwards in reverse: 1 (default: 0)")
    private int variant;

    @Option(
            names = "--forward",
            required = true,
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Forward of a device for one micro-batch, all its chunks together")
    private long forwardNs;

    @Option(
            names = "--backward",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Backward likewise; with --weight only the input gradient")
    private Long backwardNs;

    @Option(
            names = "--weight",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Weight gradient likewise; schedules that do not split the backward add it")
    private Long weightNs;

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "A forward beside a backward, as dualpipe runs them (default: the sum of both)")
    private Long overlapNs;

    @Option(
            names = "--recompute",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Recomputes every forward before its backward, which takes that long")
    private Long recomputeNs;

    @Option(
            names = "--sizes",
            paramLabel = "FACTOR",
            split = ",",
            description = "Factors of all times by micro-batch, over again: 1,0.5,2 for batches of different sizes")
    private List<Double> sizes = List.of();

    @Mixin
    private ServingOptions serving = new ServingOptions();

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    /** The times given; a schedule with backwards needs theirs, one that splits them also the weight gradient's. */
    TaskTimes times(Schedule schedule) {
        if (has(schedule, Phase.W) && weightNs == null) {
            throw unusable(schedule.kind() + " needs --weight: its backward is split");
        }
        boolean returns = has(schedule, Phase.B);
        if (returns && backwardNs == null) {
            throw unusable(schedule.kind() + " needs --backward");
        }
        TaskTimes times = new TaskTimes(
                        forwardNs, returns ? backwardNs : 0, returns ? optional(weightNs) : OptionalLong.empty())
                .serving(serving.prefillNs(), serving.draftNs());
        times = overlapNs == null ? times : times.withOverlap(overlapNs);
        try {
            times = times.sized(sizes);
        } catch (IllegalArgumentException e) {
            throw unusable("--sizes: " + e.getMessage());
        }
        return recomputeNs == null ? times : times.withRecompute(recomputeNs);
    }

    /** Whether iterations run into each other, so that several are one order. */
    boolean isAsynchronous() {
        return kind != null && kind.isAsynchronous();
    }

    /** Whether the orders come from a file, so that the shape does too. */
    boolean isFromFile() {
        if ((kind == null) == (actions == null)) {
            throw unusable("give either --schedule or --actions");
        }
        return actions != null;
    }

    /** The orders of the file. */
    Schedule fromFile() {
        return recomputed(ActionFile.read(actions, spec));
    }

    /**
     * The kind's orders, refused where it has none of that shape or the run would be too long.
     *
     * @param iterations how many times it runs, on all replicas and lanes together
     * @param transferNs every link's, which an automatic schedule reckons with
     */
    Schedule generate(int stages, int microBatches, long iterations, long transferNs) {
        int perDevice = chunks == null ? kind.usualChunks() : chunks;
        if (stages < 1 || perDevice < 1 || microBatches < 1) {
            throw unusable("--stages, --chunks and --microbatches must be at least 1");
        }
        int phases = kind.splitsBackward() ? 3 : 2;
        if ((double) phases * stages * perDevice * microBatches * iterations > MOST_TASKS) {
            throw unusable(
                    "more than " + MOST_TASKS + " tasks: give fewer stages, chunks, micro-batches or iterations");
        }
        if (memory.isGiven() && !kind.isAutomatic()) {
            throw unusable("--memory-limit and the sizes of activations belong to --schedule zb-auto");
        }
        if (groupSize < 0 || (groupSize > 0 && !kind.takesGroups())) {
            throw unusable("--group-size is 1 or more and belongs to interleaved and forward");
        }
        Shape shape = new Shape(stages, perDevice, microBatches)
                .with(serving.serving())
                .inGroupsOf(groupSize);
        return recomputed(kind.isAutomatic() ? automatic(shape, transferNs) : variant(shape));
    }

    private Schedule automatic(Shape shape, long transferNs) {
        if (backwardNs == null || weightNs == null) {
            throw unusable(kind.key() + " needs --backward and --weight: its backward is split");
        }
        if (variant != 0) {
            throw unusable(kind.key() + " has no variants");
        }
        TaskTimes times = new TaskTimes(forwardNs, backwardNs, optional(weightNs));
        try {
            return AutomaticZeroBubble.of(shape, times, transferNs, memory.memory(shape.devices()));
        } catch (IllegalArgumentException e) {
            throw unusable(e.getMessage());
        }
    }

    private Schedule variant(Shape shape) {
        ScheduleKind known = kind.known().orElseThrow();
        known.refusal(shape).ifPresent(why -> {
            throw unusable(why);
        });
        List<Schedule> variants = known.variants(shape);
        if (variant < 0 || variant >= variants.size()) {
            throw unusable(kind.key() + " has no variant " + variant + ": the last one is " + (variants.size() - 1));
        }
        return variants.get(variant);
    }

    ParameterException unusable(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private Schedule recomputed(Schedule schedule) {
        return recomputeNs == null ? schedule : Recomputation.of(schedule);
    }

    private static boolean has(Schedule schedule, Phase phase) {
        return schedule.orders().stream().flatMap(List::stream).anyMatch(action -> action.phase() == phase);
    }

    private static OptionalLong optional(Long ns) {
        return ns == null ? OptionalLong.empty() : OptionalLong.of(ns);
    }
}
