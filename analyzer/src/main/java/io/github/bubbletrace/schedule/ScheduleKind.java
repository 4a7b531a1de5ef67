package io.github.bubbletrace.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The schedules that can be generated. Where two kinds have the same order, the earlier one gives the name.
 *
 * <p>A further kind is one generator class and one line here.
 */
public enum ScheduleKind {
    /** Naive model parallelism: one micro-batch at a time through the whole pipeline and back. */
    NAIVE("naive", new NaiveGenerator()),
    /** GPipe (Huang et al. 2019): all forwards, then all backwards. */
    GPIPE("gpipe", new GPipeGenerator()),
    /** One forward, one backward after a warm-up: PipeDream-Flush (Narayanan et al. 2021). */
    ONE_F_ONE_B("1f1b", new OneFOneBGenerator()),
    /** 1F1B over several chunks a device (Narayanan et al. 2021, Megatron-LM's order). */
    INTERLEAVED("interleaved", new InterleavedGenerator()),
    /** Asynchronous 1F1B without a flush (Narayanan et al. 2019). */
    PIPEDREAM("pipedream", new PipeDreamGenerator()),
    /** 1F1B with split backwards, in the memory of 1F1B's first device (Qi et al. 2024). */
    ZB_H1("zb-h1", new ZeroBubbleGenerator("zb-h1", 1)),
    /** The same with twice the warm-up and twice the memory. */
    ZB_H2("zb-h2", new ZeroBubbleGenerator("zb-h2", 2)),
    /** Split backwards over two chunks a device in a V (Qi et al. 2024). */
    ZB_V("zb-v", new ZeroBubbleVGenerator()),
    /** Both directions at once, forwards beside backwards (DeepSeek-V3). */
    DUALPIPE("dualpipe", new DualPipeGenerator("dualpipe", true)),
    /** DualPipe cut in half: one direction over a V. */
    DUALPIPE_V("dualpipe-v", new DualPipeGenerator("dualpipe-v", false)),
    /** Forward passes only, as in inference and evaluation. */
    FORWARD("forward", new ForwardGenerator()),
    /** Autoregressive decoding with some batches in flight. */
    DECODE("decode", new DecodeGenerator());

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // generators are immutable
    private final ScheduleGenerator generator;

    ScheduleKind(String key, ScheduleGenerator generator) {
        this.key = key;
        this.generator = generator;
    }

    /** The name on the command line and in the documents. */
    public String key() {
        return key;
    }

    /** The kind of that name, if there is one. */
    public static Optional<ScheduleKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }

    /**
     * The kind's schedule.
     *
     * @throws IllegalArgumentException where the kind has none of this shape, saying why
     */
    public Schedule generate(Shape shape) {
        refusal(shape).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return generator.generate(shape);
    }

    /** Every order that goes by this kind's name, best known first; none where the kind has none of this shape. */
    public List<Schedule> variants(Shape shape) {
        return refusal(shape).isPresent() ? List.of() : generator.variants(shape);
    }

    /** Every order of this name that {@code recorded} may be, best known first; none where the kind has none. */
    List<Schedule> variants(Shape shape, RecordedIteration recorded) {
        return refusal(shape).isPresent() ? List.of() : generator.variants(shape, recorded);
    }

    /** Why the kind has no schedule of this shape; empty where it has one. */
    public Optional<String> refusal(Shape shape) {
        return generator.refusal(shape);
    }

    /** Whether the kind's orders of this shape are those of an earlier kind, as interleaved with one chunk is 1F1B. */
    public boolean isAlias(Shape shape) {
        return generator.isAlias(shape);
    }

    /** Whether the kind runs forwards only, so that backward times do not matter to it. */
    public boolean isForwardOnly() {
        return this == FORWARD || this == DECODE;
    }

    /** Whether the kind makes the weight gradient a task of its own, at least of some backwards. */
    public boolean splitsBackward() {
        return this == ZB_H1 || this == ZB_H2 || this == ZB_V || this == DUALPIPE || this == DUALPIPE_V;
    }

    /** How many chunks a device has where nobody says. */
    public int usualChunks() {
        return generator.usualChunks();
    }
}
