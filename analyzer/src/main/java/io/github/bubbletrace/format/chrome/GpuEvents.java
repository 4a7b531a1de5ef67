package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Kernels, copies and CUDA calls of a Kineto trace. */
final class GpuEvents {

    private final TraceBuilder builder;
    private final SpanEvents threads;
    private final NcclEvents nccl;
    private final HostProcesses processes;
    private final UnlinkedEvents unlinked;
    private final Map<Long, Integer> renamed = new HashMap<>();
    private long lastProcess = -1;
    private long lastThread = -1;
    private int lastNumber;
    private long work;

    GpuEvents(TraceBuilder builder, HostProcesses processes, SpanEvents threads, NcclEvents nccl) {
        this.builder = builder;
        this.threads = threads;
        this.nccl = nccl;
        this.processes = processes;
        unlinked = new UnlinkedEvents(builder);
    }

    /** How many kernels, copies and memsets there were. */
    long work() {
        return work;
    }

    void add(Event event) {
        long end = event.startNs + event.lengthNs;
        int process = event.category == Category.CALL ? -1 : processes.gpu(event.process);
        int gpu = event.gpu >= 0 ? event.gpu : (int) Math.min(event.process, Integer.MAX_VALUE);
        switch (event.category) {
            case CALL -> addCall(event);
            case KERNEL ->
                describe(
                        event,
                        builder.addKernel(
                                event.startNs, end, process, gpu, event.stream, event.correlation, kernelName(event)));
            case MEMSET -> builder.addMemset(event.startNs, end, process, gpu, event.stream, event.correlation);
            default ->
                builder.describeCopy(
                        builder.addCopy(
                                event.startNs,
                                end,
                                process,
                                gpu,
                                event.stream,
                                event.correlation,
                                event.fromGpu,
                                event.toGpu,
                                copyKind(event)),
                        event.bytes);
        }
        work += event.category == Category.CALL ? 0 : 1;
    }

    private void addCall(Event event) {
        unlinked.take(event.correlation);
        processes.addHost(event.process);
        if (event.correlation < 0) {
            unlinked.addCall(event);
        } else {
            builder.addCall(event.startNs, thread(event.process, event.thread), event.correlation);
        }
    }

    private void describe(Event event, int row) {
        nccl.add(row, event.nccl);
        if (event.correlation < 0) {
            unlinked.addKernel(event, row);
        }
    }

    /** Whether there are kernels that only arrows can join to their launch. */
    boolean needsLinks() {
        return unlinked.kernels() > 0;
    }

    /** Joins kernels by {@code links}, which may be null; returns how many. */
    int link(FlowLinks links, long baseNs) {
        return unlinked.link(links, baseNs, place -> {
            processes.addHost(place[0]);
            return thread(place[0], place[1]);
        });
    }

    private int thread(long eventProcess, long eventThread) {
        if (eventProcess != lastProcess || eventThread != lastThread) {
            lastProcess = eventProcess;
            lastThread = eventThread;
            lastNumber = threads.thread(eventProcess, eventThread);
        }
        return lastNumber;
    }

    /** NCCL runs all-to-alls with its SendRecv kernel; where its argument says so, the kernel gets a name that tells. */
    private int kernelName(Event event) {
        int name = Math.max(0, event.name);
        if (event.nccl.collective < 0 || event.name < 0) {
            return name;
        }
        long key = ((long) name << Integer.SIZE) | event.nccl.collective;
        return renamed.computeIfAbsent(key, k -> {
            String collective = builder.strings().get(event.nccl.collective).toLowerCase(Locale.ROOT);
            boolean pair =
                    collective.contains("send") || collective.contains("recv") || collective.contains("coalesce");
            boolean other = builder.strings().get(name).contains("SendRecv") && !pair && !collective.isBlank();
            return other ? builder.strings().intern("ncclDevKernel_" + collective) : name;
        });
    }

    private CopyKind copyKind(Event event) {
        String name = event.name < 0 ? "" : builder.strings().get(event.name);
        if (name.contains("PtoP") || (event.fromGpu >= 0 && event.toGpu >= 0 && event.fromGpu != event.toGpu)) {
            return CopyKind.PEER;
        }
        return name.contains("DtoD") ? CopyKind.LOCAL : CopyKind.HOST;
    }
}
