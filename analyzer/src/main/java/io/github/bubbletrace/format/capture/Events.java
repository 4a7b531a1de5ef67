package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.format.jfr.RecordedSpans;
import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.List;

/** The events of one capture on their way into a trace. Times and ids are relative to the event before, within a chunk. */
final class Events {

    private static final int ALLOCATION = 1;
    private static final int RELEASE = 2;
    private static final int PID_SHIFT = 24;
    private static final int MAX_PID = (1 << PID_SHIFT) - 1;

    private final RecordBytes in;
    private final TraceBuilder builder;
    private final Texts texts;
    private final Markers markers = new Markers();
    private final StageJoin stages = new StageJoin();
    private final int graphName;
    private long zeroNs;
    private long globalPid = 1L << PID_SHIFT;
    private int process = -1;
    private long lastWorkNs;
    private long lastHostNs;
    private long lastCorrelation;
    private long lastThread;
    private long kernels;
    private long calls;
    private long graphs;
    private long others;

    Events(RecordBytes in, TraceBuilder builder, Texts texts) {
        this.in = in;
        this.builder = builder;
        this.texts = texts;
        graphName = builder.strings().intern("CUDA graph");
    }

    /** Whose events they are and where their time begins; before the first of them. */
    void belongTo(int pid, long zero) {
        globalPid = (long) Math.max(1, pid & MAX_PID) << PID_SHIFT;
        zeroNs = zero;
    }

    void startChunk() {
        lastWorkNs = 0;
        lastHostNs = 0;
        lastCorrelation = 0;
        lastThread = 0;
    }

    /** Reads the record of an event; other tags are left alone. */
    void read(int tag) {
        switch (tag) {
            case Tag.KERNEL -> kernel();
            case Tag.COPY -> copy();
            case Tag.PEER_COPY -> peerCopy();
            case Tag.MEMSET -> memset();
            case Tag.GRAPH -> graph();
            case Tag.CALL -> call();
            case Tag.MARKER -> marker();
            case Tag.SPAN -> {
                in.number();
                stages.addSpan(in.number(), correlation());
            }
            case Tag.MEMORY -> memory();
            case Tag.SYNCHRONISATION, Tag.OVERHEAD -> passOver(tag);
            default -> {
                // Kept in the file for other readers, and the base of no difference.
            }
        }
    }

    /** How many events a trace needs to say anything. */
    long useful() {
        return kernels + calls + others;
    }

    boolean isWithoutKernels() {
        return kernels == 0 && calls > 0;
    }

    int process() {
        process = process < 0 ? builder.process(globalPid) : process;
        return process;
    }

    /** After the last event. */
    void finish() {
        markers.addRanges(builder);
        builder.log().count(Oddity.GRAPH_LAUNCHES, graphs);
    }

    /** What the Java agent recorded in the process {@code pid}. */
    void join(List<RecordedSpans> recordings, long pid) {
        stages.addTo(builder, recordings, pid, globalPid, zeroNs);
    }

    /** Nothing is made of these, but later records' times and ids are differences from theirs. */
    private void passOver(int tag) {
        in.number();
        hostStart();
        in.number();
        if (tag == Tag.OVERHEAD) {
            thread();
        } else {
            correlation();
        }
    }

    /** CUPTI's kinds of memory: 3 device, 4 array, 6 static; the others lie in the host or in both. */
    private void memory() {
        long operation = in.number();
        long kind = in.number();
        long time = hostStart();
        in.number();
        in.number();
        long bytes = in.number();
        int gpu = in.small();
        in.number();
        in.number();
        correlation();
        boolean isKnown = operation == ALLOCATION || operation == RELEASE;
        if (isKnown && (kind == 3 || kind == 4 || kind == 6)) {
            builder.addMemory(time - zeroNs, process(), gpu, operation == ALLOCATION ? bytes : -bytes);
        }
    }

    private void kernel() {
        long start = workStart();
        long end = in.from(start);
        int gpu = in.small();
        in.number();
        int stream = in.small();
        int correlation = correlation();
        builder.addKernel(start - zeroNs, end - zeroNs, process(), gpu, stream, correlation, texts.poolId(in.number()));
        kernels++;
    }

    private void graph() {
        long start = workStart();
        long end = in.from(start);
        int gpu = in.small();
        in.number();
        int stream = in.small();
        builder.addKernel(start - zeroNs, end - zeroNs, process(), gpu, stream, correlation(), graphName);
        kernels++;
        graphs++;
    }

    private void copy() {
        long start = workStart();
        long end = in.from(start);
        int gpu = in.small();
        in.number();
        int stream = in.small();
        int correlation = correlation();
        CopyKind kind = copyKind(in.number());
        long bytes = in.number();
        int row = builder.addCopy(start - zeroNs, end - zeroNs, process(), gpu, stream, correlation, -1, -1, kind);
        builder.describeCopy(row, bytes);
        others++;
    }

    private void peerCopy() {
        long start = workStart();
        long end = in.from(start);
        int gpu = in.small();
        in.number();
        int stream = in.small();
        int correlation = correlation();
        int source = in.small();
        int target = in.small();
        CopyKind kind = source == target ? CopyKind.LOCAL : CopyKind.PEER;
        long bytes = in.number();
        int row = builder.addCopy(
                start - zeroNs, end - zeroNs, process(), gpu, stream, correlation, source, target, kind);
        builder.describeCopy(row, bytes);
        others++;
    }

    private void memset() {
        long start = workStart();
        long end = in.from(start);
        int gpu = in.small();
        in.number();
        int stream = in.small();
        builder.addMemset(start - zeroNs, end - zeroNs, process(), gpu, stream, correlation());
        others++;
    }

    private void call() {
        in.number();
        long start = hostStart();
        in.number();
        int thread = thread();
        int correlation = correlation();
        builder.addCall(start - zeroNs, thread, correlation);
        stages.addCall(correlation, thread, start - zeroNs);
        calls++;
    }

    private void marker() {
        int flags = in.small();
        long time = hostStart();
        in.number();
        long id = in.number();
        int thread = thread();
        int text = texts.poolId(in.number());
        markers.add(flags, time - zeroNs, id, thread, text, texts.poolId(in.number()));
        others++;
    }

    private long workStart() {
        lastWorkNs = in.from(lastWorkNs);
        return lastWorkNs;
    }

    private long hostStart() {
        lastHostNs = in.from(lastHostNs);
        return lastHostNs;
    }

    private int correlation() {
        lastCorrelation = in.from(lastCorrelation);
        return (int) lastCorrelation;
    }

    private int thread() {
        lastThread = in.from(lastThread);
        return builder.thread(globalPid | (lastThread & MAX_PID));
    }

    /** CUPTI's kinds: 1 to 4 and 9 touch the host, 5 to 8 stay on one GPU, 10 is peer. */
    private static CopyKind copyKind(long kind) {
        if (kind == 10) {
            return CopyKind.PEER;
        }
        return kind >= 5 && kind <= 8 ? CopyKind.LOCAL : CopyKind.HOST;
    }
}
