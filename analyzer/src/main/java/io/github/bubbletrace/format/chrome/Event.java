package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.spans.SpanField;
import java.util.Arrays;

/** The event being read; one object stands for all, one after the other. Numbers not said are -1. */
final class Event {

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

    /** How much a span moves. */
    long bytes;

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
        nccl.clear();
        Arrays.fill(said, -1);
    }

    int said(SpanField field) {
        return said[field.ordinal()];
    }
}
