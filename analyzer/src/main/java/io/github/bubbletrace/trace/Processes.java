package io.github.bubbletrace.trace;

import java.util.Arrays;

/**
 * Processes and threads of one trace, numbered from 0. Nsight's global ids hold hardware, VM, process and thread; a
 * thread belongs to the process whose id differs in the low 24 bits alone.
 */
public final class Processes {

    /** The bits of a global id that name the thread. */
    public static final long THREAD_MASK = 0xffffffL;

    private final long[] globalPid;
    private final long[] globalTid;
    private final int[] processOfThread;
    private final int[] rank;

    Processes(long[] globalPid, long[] globalTid, int[] processOfThread, int[] rank) {
        this.globalPid = globalPid;
        this.globalTid = globalTid;
        this.processOfThread = processOfThread;
        this.rank = rank;
    }

    /** How many processes there are. */
    public int size() {
        return globalPid.length;
    }

    /** How many threads there are. */
    public int threads() {
        return globalTid.length;
    }

    /** The process that {@code thread} belongs to. */
    public int processOf(int thread) {
        return processOfThread[thread];
    }

    /** The operating system's process id. */
    public int pid(int process) {
        return (int) ((globalPid[process] >> 24) & THREAD_MASK);
    }

    /** The rank the trace names for the process, or -1. */
    public int rank(int process) {
        return rank[process];
    }

    /** The rank of every process, -1 where the trace names none. */
    public int[] ranks() {
        return Arrays.copyOf(rank, rank.length);
    }
}
