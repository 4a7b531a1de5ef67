package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.util.OptionalLong;
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
            required = true,
            paramLabel = "KIND",
            converter = KeyConverters.OfSchedule.class,
            description = "naive, gpipe, 1f1b, interleaved or forward")
    private ScheduleKind kind;

    @Option(names = "--chunks", paramLabel = "V", defaultValue = "1", description = "Chunks per device (default: 1)")
    private int chunks;

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

    ScheduleKind kind() {
        return kind;
    }

    /** The times given; a schedule with backwards needs theirs. */
    TaskTimes times() {
        if (kind.isForwardOnly()) {
            return TaskTimes.of(forwardNs, 0);
        }
        if (backwardNs == null) {
            throw unusable(kind.key() + " needs --backward");
        }
        return new TaskTimes(
                forwardNs, backwardNs, weightNs == null ? OptionalLong.empty() : OptionalLong.of(weightNs));
    }

    /** The shape with {@code stages} devices, refused where the kind has no such schedule or the run would be too long. */
    Shape shape(int stages, int microBatches, int iterations) {
        if (stages < 1 || chunks < 1 || microBatches < 1) {
            throw unusable("--stages, --chunks and --microbatches must be at least 1");
        }
        if (2.0 * stages * chunks * microBatches * iterations > MOST_TASKS) {
            throw unusable(
                    "more than " + MOST_TASKS + " tasks: give fewer stages, chunks, micro-batches or iterations");
        }
        Shape shape = new Shape(stages, chunks, microBatches);
        kind.refusal(shape).ifPresent(why -> {
            throw unusable(why);
        });
        return shape;
    }

    ParameterException unusable(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
