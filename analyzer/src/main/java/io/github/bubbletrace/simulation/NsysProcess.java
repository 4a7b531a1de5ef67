package io.github.bubbletrace.simulation;

/**
 * One rank's process, numbered as Nsight Systems does: hardware id in bits 63 to 56, virtual machine 55 to 48, process 47
 * to 24, thread 23 to 0.
 *
 * @param rank the rank
 * @param deviceId the process's own number of its device
 */
record NsysProcess(int rank, int deviceId) {

    /** Virtual machine 1 of hardware 0. */
    static final long VM_ID = 1L << 48;

    private static final int FIRST_PID = 1000;

    int pid() {
        return FIRST_PID + rank;
    }

    long globalPid() {
        return VM_ID | ((long) pid() << 24);
    }

    /** The main thread has the process's number. */
    long globalTid() {
        return globalPid() | pid();
    }

    /** Domains are numbered per process; here odd and even ranks differ, as processes of a real run do. */
    int ncclDomain() {
        return 1 + rank % 2;
    }
}
