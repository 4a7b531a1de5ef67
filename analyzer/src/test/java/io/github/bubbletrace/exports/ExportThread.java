package io.github.bubbletrace.exports;

/** A thread of an export: opens ranges and launches GPU work. */
final class ExportThread {

    static final String GEMM = "ampere_gemm";
    static final String SEND_RECV = "ncclDevKernel_SendRecv";
    static final String ALL_REDUCE = "ncclDevKernel_AllReduce_Sum_f32_RING_LL";
    static final String ADAM = "multi_tensor_apply_kernel_adam";

    private static final int PUSH_POP = 59;
    private static final int START_END = 60;
    private static final int HOST_TO_DEVICE = 1;
    private static final int DEVICE_TO_HOST = 2;
    private static final int PEER = 10;

    private final ExportProcess process;
    private final ExportBuilder export;
    private final long globalTid;

    ExportThread(ExportProcess process, long globalTid) {
        this.process = process;
        this.export = process.export();
        this.globalTid = globalTid;
    }

    /** A push/pop range with a text of its own. */
    ExportThread range(String text, long startNs, long endNs) {
        return nvtx(PUSH_POP, text, null, null, startNs, endNs);
    }

    /** A push/pop range with a registered text. */
    ExportThread registered(String text, long startNs, long endNs) {
        return nvtx(PUSH_POP, null, export.string(text), 0, startNs, endNs);
    }

    /** A push/pop range of a domain, with a registered text. */
    ExportThread inDomain(int domain, String text, long startNs, long endNs) {
        return nvtx(PUSH_POP, null, export.string(text), domain, startNs, endNs);
    }

    /** A start/end range, which need not nest. */
    ExportThread startEnd(String text, long startNs, long endNs) {
        return nvtx(START_END, text, null, null, startNs, endNs);
    }

    /** A range that was never closed. */
    ExportThread open(String text, long startNs) {
        return nvtx(PUSH_POP, text, null, null, startNs, null);
    }

    private ExportThread nvtx(int type, String text, Integer textId, Integer domain, long startNs, Long endNs) {
        export.row(
                "NVTX_EVENTS(start, end, eventType, text, textId, domainId, globalTid) VALUES (?, ?, ?, ?, ?, ?, ?)",
                startNs,
                endNs,
                type,
                text,
                textId,
                domain,
                globalTid);
        return this;
    }

    /** A kernel and the API call at {@code launchNs} that issued it. */
    ExportThread kernel(int gpu, int stream, String name, long launchNs, long startNs, long endNs) {
        int correlation = call(launchNs);
        export.row(
                "CUPTI_ACTIVITY_KIND_KERNEL(start, end, deviceId, contextId, streamId, correlationId, globalPid,"
                        + " demangledName, shortName) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
                startNs,
                endNs,
                gpu,
                stream,
                correlation,
                process.globalPid(),
                export.string(name + "<float>(int)"),
                export.string(name));
        return this;
    }

    /** A range that launches one kernel, which runs just as long. */
    ExportThread task(String text, int gpu, long startNs, long endNs) {
        return range(text, startNs, endNs).kernel(gpu, 7, GEMM, startNs, startNs, endNs);
    }

    /** A kernel that sends or receives, launched at its start, with no range around. */
    ExportThread sendRecv(int gpu, int stream, long startNs, long endNs) {
        return kernel(gpu, stream, SEND_RECV, startNs, startNs, endNs);
    }

    /** A copy between two GPUs, run by the one it reads from. */
    ExportThread peerCopy(int from, int to, long startNs, long endNs) {
        return copy(from, PEER, from, to, startNs, endNs);
    }

    /** A copy to the host. */
    ExportThread toHost(int gpu, long startNs, long endNs) {
        return copy(gpu, DEVICE_TO_HOST, gpu, null, startNs, endNs);
    }

    /** A copy from the host. */
    ExportThread fromHost(int gpu, long startNs, long endNs) {
        return copy(gpu, HOST_TO_DEVICE, null, gpu, startNs, endNs);
    }

    private ExportThread copy(int gpu, int kind, Integer from, Integer to, long startNs, long endNs) {
        export.row(
                "CUPTI_ACTIVITY_KIND_MEMCPY(start, end, deviceId, contextId, streamId, correlationId, globalPid, bytes,"
                        + " copyKind, srcDeviceId, dstDeviceId) VALUES (?, ?, ?, 1, 13, ?, ?, 1024, ?, ?, ?)",
                startNs,
                endNs,
                gpu,
                call(startNs),
                process.globalPid(),
                kind,
                from,
                to);
        return this;
    }

    /** A memset. */
    ExportThread memset(int gpu, long startNs, long endNs) {
        return gpuWork("CUPTI_ACTIVITY_KIND_MEMSET", gpu, startNs, startNs, endNs);
    }

    /** A CUDA graph of which only the whole launch is recorded. */
    ExportThread graph(int gpu, long launchNs, long startNs, long endNs) {
        return gpuWork("CUPTI_ACTIVITY_KIND_GRAPH_TRACE", gpu, launchNs, startNs, endNs);
    }

    private ExportThread gpuWork(String table, int gpu, long launchNs, long startNs, long endNs) {
        export.row(
                table + "(start, end, deviceId, contextId, streamId, correlationId, globalPid)"
                        + " VALUES (?, ?, ?, 1, 7, ?, ?)",
                startNs,
                endNs,
                gpu,
                call(launchNs),
                process.globalPid());
        return this;
    }

    private int call(long startNs) {
        int correlation = process.nextCorrelation();
        export.row(
                "CUPTI_ACTIVITY_KIND_RUNTIME(start, end, eventClass, globalTid, correlationId, nameId, returnValue)"
                        + " VALUES (?, ?, 0, ?, ?, ?, 0)",
                startNs,
                startNs + 1,
                globalTid,
                correlation,
                export.string("cudaLaunchKernel_v7000"));
        return correlation;
    }
}
