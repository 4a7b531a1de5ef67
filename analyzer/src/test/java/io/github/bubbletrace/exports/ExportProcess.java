package io.github.bubbletrace.exports;

/** A process of an export, with correlation ids of its own. */
final class ExportProcess {

    /** Virtual machine 1 of hardware 0. */
    private static final long VM_ID = 1L << 48;

    private static final int DOMAIN_CREATE = 75;
    private static final int THREAD_NAME = 39;

    private final ExportBuilder export;
    private final int pid;
    private int lastCorrelation;

    ExportProcess(ExportBuilder export, int pid) {
        this.export = export;
        this.pid = pid;
    }

    long globalPid() {
        return VM_ID | ((long) pid << 24);
    }

    int nextCorrelation() {
        return ++lastCorrelation;
    }

    ExportBuilder export() {
        return export;
    }

    ExportThread main() {
        return thread(pid);
    }

    ExportThread thread(int tid) {
        return new ExportThread(this, globalPid() | tid);
    }

    /** Names the process's rank as MPI tracing does. */
    ExportProcess rank(int rank) {
        export.row(
                "NVTX_EVENTS(start, eventType, text, globalTid) VALUES (?, ?, ?, ?)",
                0L,
                THREAD_NAME,
                "MPI Rank " + rank,
                globalPid() | pid);
        return this;
    }

    /** Creates an NVTX domain. */
    ExportProcess domain(int id, String name) {
        export.row(
                "NVTX_EVENTS(start, eventType, text, domainId, globalTid) VALUES (?, ?, ?, ?, ?)",
                0L,
                DOMAIN_CREATE,
                name,
                id,
                globalPid() | pid);
        return this;
    }
}
