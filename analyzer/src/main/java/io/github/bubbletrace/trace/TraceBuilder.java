package io.github.bubbletrace.trace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The only writer of a {@link Trace}: readers add rows in any order, {@link #build} sorts, checks and freezes. */
public final class TraceBuilder {

    /** Longer than any capture; times beyond it are damage, and sums of those below it stay far from overflow. */
    private static final long HUNDRED_DAYS_NS = 100L * 86_400 * 1_000_000_000L;

    /** More than any GPU has: a terabyte. */
    private static final long MOST_BYTES = 1L << 40;

    private final StringPool strings = new StringPool();
    private final ImportLog log = new ImportLog();
    private final Map<Long, Integer> processes = new HashMap<>();
    private final Map<Long, Integer> threads = new HashMap<>();
    private final LongColumn globalPid = new LongColumn();
    private final LongColumn globalTid = new LongColumn();
    private final IntColumn processOfThread = new IntColumn();
    private final Map<Integer, Integer> rankOfProcess = new HashMap<>();
    private final Columns kernels = new Columns(2, 5);
    private final Columns copies = new Columns(3, 7);
    private final Columns calls = new Columns(1, 2);
    private final Columns ranges = new Columns(2, 3);
    private final Columns messages = new Columns(1, 6);
    private final Map<Communicator, Integer> communicators = new LinkedHashMap<>();
    private final Set<Member> members = new LinkedHashSet<>();
    private final Columns stops = new Columns(2, 3);
    private final Columns memory = new Columns(2, 2);
    private final IntColumn openRanges = new IntColumn();
    private final RecentIds recentProcesses = new RecentIds();
    private final RecentIds recentThreads = new RecentIds();
    private int memsets;

    /** The string pool of the trace. */
    public StringPool strings() {
        return strings;
    }

    /** Where the reader counts what is odd. */
    public ImportLog log() {
        return log;
    }

    /** The number of the process with Nsight's global id {@code globalPid}, whose low 24 bits are ignored. */
    public int process(long globalPid) {
        long id = globalPid & ~Processes.THREAD_MASK;
        int recent = recentProcesses.find(id);
        return recent >= 0 ? recent : recentProcesses.keep(id, processes.computeIfAbsent(id, this::newProcess));
    }

    /** The number of the thread with Nsight's global id {@code globalTid}. */
    public int thread(long globalTid) {
        int recent = recentThreads.find(globalTid);
        return recent >= 0
                ? recent
                : recentThreads.keep(globalTid, threads.computeIfAbsent(globalTid, this::newThread));
    }

    private int newProcess(long id) {
        globalPid.add(id);
        return globalPid.size() - 1;
    }

    private int newThread(long id) {
        globalTid.add(id);
        processOfThread.add(process(id));
        return globalTid.size() - 1;
    }

    /** Says that {@code process} is {@code rank}; the first word counts. */
    public void nameRank(int process, int rank) {
        if (rank >= 0) {
            rankOfProcess.putIfAbsent(process, rank);
        }
    }

    /** Gives the work and the threads of each process to the process that {@code target} names for it. */
    public void uniteProcesses(int[] target) {
        for (IntColumn column : List.of(kernels.ints[0], copies.ints[0], memory.ints[0], processOfThread)) {
            for (int row = 0; row < column.size(); row++) {
                column.set(row, target[column.get(row)]);
            }
        }
    }

    /**
     * Adds a kernel; times in nanoseconds of the file's clock. Rows with impossible times are counted and left out.
     *
     * @return its row, or -1 where it is left out
     */
    public int addKernel(long startNs, long endNs, int process, int gpu, int stream, int correlation, int name) {
        if (!possible(startNs, endNs)) {
            return -1;
        }
        kernels.times(startNs, endNs).add(process, gpu, stream, correlation, name);
        return kernels.rows() - 1;
    }

    /** Joins the kernel in {@code row} to the API call with this correlation id. */
    public void linkKernel(int row, int correlation) {
        kernels.ints[3].set(row, correlation);
    }

    /** Adds many kernels as {@link #addKernel} does; the arrays are the builder's from then on. */
    public void addKernels(
            long[] startNs, long[] endNs, int[] process, int[] gpu, int[] stream, int[] correlation, int[] name) {
        if (kernels.rows() == 0 && allPossible(startNs, endNs)) {
            kernels.take(new long[][] {startNs, endNs}, new int[][] {process, gpu, stream, correlation, name});
            return;
        }
        for (int i = 0; i < startNs.length; i++) {
            addKernel(startNs[i], endNs[i], process[i], gpu[i], stream[i], correlation[i], name[i]);
        }
    }

    /**
     * Adds a memory copy or memset; {@code source} and {@code target} are GPU ordinals or -1. Returns its row, or -1 where it is
     * left out.
     */
    public int addCopy(
            long startNs,
            long endNs,
            int process,
            int gpu,
            int stream,
            int correlation,
            int source,
            int target,
            CopyKind kind) {
        if (!possible(startNs, endNs)) {
            return -1;
        }
        copies.times(startNs, endNs).add(process, gpu, stream, correlation, source, target, kind.ordinal());
        copies.longs[2].add(-1);
        return copies.rows() - 1;
    }

    /** Says how much the copy in {@code row}, as {@link #addCopy} returned it, moves; -1 is no copy. */
    public void describeCopy(int row, long bytes) {
        if (row >= 0 && bytes > 0 && bytes <= MOST_BYTES) {
            copies.longs[2].set(row, bytes);
        }
    }

    /** Adds a memset: local work of its GPU that counts as no copy. */
    public void addMemset(long startNs, long endNs, int process, int gpu, int stream, int correlation) {
        int before = copies.rows();
        addCopy(startNs, endNs, process, gpu, stream, correlation, -1, -1, CopyKind.LOCAL);
        memsets += copies.rows() - before;
    }

    /** Adds an API call. */
    public void addCall(long startNs, int thread, int correlation) {
        if (possible(startNs, startNs)) {
            calls.time(startNs).add(thread, correlation);
        }
    }

    /** Adds many API calls as {@link #addCall} does; the arrays are the builder's from then on. */
    public void addCalls(long[] startNs, int[] thread, int[] correlation) {
        if (calls.rows() == 0 && allPossible(startNs, startNs)) {
            calls.take(new long[][] {startNs}, new int[][] {thread, correlation});
            return;
        }
        for (int i = 0; i < startNs.length; i++) {
            addCall(startNs[i], thread[i], correlation[i]);
        }
    }

    /** Adds a range; returns its row, or -1 where it is left out. */
    public int addRange(long startNs, long endNs, int thread, int text, int domain) {
        if (!possible(startNs, endNs)) {
            return -1;
        }
        ranges.times(startNs, endNs).add(thread, text, domain);
        return ranges.rows() - 1;
    }

    /** The number of a group of ranks; equal groups have one. */
    public int communicator(Communicator group) {
        return communicators.computeIfAbsent(group, g -> communicators.size());
    }

    /** Says what the kernel in {@code row} communicates; -1 is no kernel. */
    public void describeKernel(int row, Message message) {
        describe(row, -1, message);
    }

    /** Says what the range in {@code row}, as {@link #addRange} returned it, communicates; -1 is no range. */
    public void describeRange(int row, Message message) {
        describe(-1, row, message);
    }

    private void describe(int kernel, int range, Message message) {
        if (kernel >= 0 || range >= 0) {
            messages.time(message.bytes())
                    .add(
                            kernel,
                            range,
                            message.kind().ordinal(),
                            message.communicator(),
                            message.peer(),
                            message.member());
        }
    }

    /** Adds a range that was never closed: it ends with the trace; returns its row, or -1 where it is left out. */
    public int addOpenRange(long startNs, int thread, int text, int domain) {
        int row = addRange(startNs, startNs, thread, text, domain);
        if (row >= 0) {
            openRanges.add(row);
        }
        return row;
    }

    /**
     * Says which place a process has in a group of ranks.
     *
     * @param group its name, the same on all ranks of the group
     * @param size how many ranks it has
     */
    public void member(int process, String group, int size, int place) {
        members.add(new Member(process, group, size, place));
    }

    /**
     * Adds a time in which host threads did not run their own code.
     *
     * @param process their process, or {@link StopTable#ALL}
     * @param text what it was, in the string pool
     */
    public void addStop(long startNs, long endNs, int process, StopKind kind, int text) {
        if (possible(startNs, endNs)) {
            stops.times(startNs, endNs).add(process, kind.ordinal(), text);
        }
    }

    /** Adds memory of a GPU that is allocated, or released where {@code bytes} is negative. */
    public void addMemory(long atNs, int process, int gpu, long bytes) {
        boolean isPossible = isPossible(atNs, atNs) && Math.abs(bytes) <= MOST_BYTES && bytes != Long.MIN_VALUE;
        log.count(Oddity.BAD_ALLOCATIONS, isPossible ? 0 : 1);
        if (isPossible) {
            memory.times(atNs, bytes).add(process, gpu);
        }
    }

    /** Sorts and freezes the trace. */
    public Trace build(TraceSource source) {
        closeRanges();
        int[] rank = new int[globalPid.size()];
        Arrays.setAll(rank, p -> rankOfProcess.getOrDefault(p, -1));
        int[] rangeOrder = ranges.byStart();
        return new Trace(
                source,
                strings,
                new Processes(globalPid.toArray(), globalTid.toArray(), processOfThread.toArray(), rank),
                new KernelTable(kernels, strings),
                new CopyTable(copies, copies.byStart()),
                new ApiCallTable(calls),
                new RangeTable(ranges, rangeOrder),
                new MessageTable(messages, List.copyOf(communicators.keySet()), List.copyOf(members), rangeOrder),
                new StopTable(stops, stops.byStart()),
                new MemoryTable(memory, memory.byStart()),
                copies.rows() - memsets,
                log);
    }

    private void closeRanges() {
        if (openRanges.size() == 0) {
            return;
        }
        log.count(Oddity.OPEN_RANGES, openRanges.size());
        long last =
                Math.max(Math.max(kernels.latest(1), copies.latest(1)), Math.max(calls.latest(0), ranges.latest(1)));
        for (int i = 0; i < openRanges.size(); i++) {
            ranges.longs[1].set(openRanges.get(i), last);
        }
    }

    private boolean possible(long startNs, long endNs) {
        boolean possible = isPossible(startNs, endNs);
        log.count(Oddity.BAD_TIMES, possible ? 0 : 1);
        return possible;
    }

    private static boolean isPossible(long startNs, long endNs) {
        return -HUNDRED_DAYS_NS < startNs && startNs <= endNs && endNs < HUNDRED_DAYS_NS;
    }

    private static boolean allPossible(long[] startNs, long[] endNs) {
        AtomicBoolean all = new AtomicBoolean(true);
        Cores.split(startNs.length, (first, end) -> {
            for (int i = first; i < end; i++) {
                if (!isPossible(startNs[i], endNs[i])) {
                    all.set(false);
                    return;
                }
            }
        });
        return all.get();
    }
}
