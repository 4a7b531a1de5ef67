package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.spans.SpanField;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The event being read; one object stands for all, one after the other. Numbers not said are -1. */
final class Event {

    /** Where numbers stand for texts: below any process or thread id of an operating system. */
    private static final long NAMED_IDS = Long.MIN_VALUE / 2;

    private static final int FIELDS = SpanField.values().length;

    char type;
    Category category;
    int name;
    long process;
    long thread;

    /** Absolute, in nanoseconds, or {@link DecimalTime#NONE}. */
    long startNs;

    /** In nanoseconds, or {@link DecimalTime#NONE}. */
    long lengthNs;

    int correlation;
    int gpu;
    int stream;
    int fromGpu;
    int toGpu;

    /** Pool id of the name in metadata. */
    int detail;

    /** How much a span or copy moves, or an allocator gives out; negative what it takes back. */
    long bytes;

    /** How much an allocator has given out, after it. */
    long total;

    /** Kineto's number for the kind of device that the memory is of. */
    int deviceType;

    /** What a kernel says of its communication. */
    final NcclArguments nccl = new NcclArguments();

    /** What the arguments say of a span. */
    final int[] said = new int[FIELDS];

    void clear() {
        type = 0;
        category = Category.SPAN;
        name = -1;
        process = -1;
        thread = -1;
        startNs = DecimalTime.NONE;
        lengthNs = DecimalTime.NONE;
        correlation = -1;
        gpu = -1;
        stream = -1;
        fromGpu = -1;
        toGpu = -1;
        detail = -1;
        bytes = -1;
        total = -1;
        deviceType = -1;
        if (!nccl.isEmpty()) {
            nccl.clear();
        }
        Arrays.fill(said, -1);
    }

    /** The id of a process or thread that a text names. */
    static long namedId(int text) {
        return NAMED_IDS + text;
    }

    /** Whether {@code id} could be mistaken for one that a text names. */
    static boolean isNamed(long id) {
        return id < NAMED_IDS / 2;
    }

    /** Numbers all texts anew. */
    void renumber(IntUnaryOperator numbers) {
        name = of(numbers, name);
        detail = of(numbers, detail);
        process = isNamed(process) ? namedId(numbers.applyAsInt((int) (process - NAMED_IDS))) : process;
        thread = isNamed(thread) ? namedId(numbers.applyAsInt((int) (thread - NAMED_IDS))) : thread;
        if (!nccl.isEmpty()) {
            nccl.renumber(numbers);
        }
    }

    static int of(IntUnaryOperator numbers, int text) {
        return text < 0 ? -1 : numbers.applyAsInt(text);
    }
}
