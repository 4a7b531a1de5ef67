package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.TraceBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The processes of a Kineto file. GPU work stands under the ids of GPUs, calls under that of their process: of one
 * process all is its own. A file merged of several ranks has several; then the names of the processes must tell whose
 * GPU is whose.
 */
final class HostProcesses {

    private final TraceBuilder builder;
    private final Map<Long, Integer> processOf = new LinkedHashMap<>();
    private final Set<Long> hosts = new LinkedHashSet<>();
    private final Set<Long> gpus = new LinkedHashSet<>();
    private long lastHost;
    private long lastGpu;
    private int lastProcess = -1;

    HostProcesses(TraceBuilder builder) {
        this.builder = builder;
    }

    /** The process under which the trace shows a GPU's work. */
    int gpu(long id) {
        if (lastProcess < 0 || id != lastGpu) {
            gpus.add(id);
            lastProcess = process(id);
            lastGpu = id;
        }
        return lastProcess;
    }

    /** Notes that a process made CUDA calls. */
    void addHost(long id) {
        if (hosts.isEmpty() || id != lastHost) {
            hosts.add(id);
            lastHost = id;
        }
    }

    /** What the columns call the thread with this number in process {@code id}. */
    long globalThread(long id, int number) {
        return globalId(process(id)) + number;
    }

    /** The process whose allocator says something. */
    int of(long id) {
        return process(id);
    }

    private int process(long id) {
        return processOf.computeIfAbsent(id, i -> builder.process(globalId(processOf.size())));
    }

    private static long globalId(int number) {
        return (number + 1L) << 24;
    }

    /**
     * Gives all work and threads to the processes that made the calls, and these their ranks.
     *
     * @param rank the rank that the file itself names, or -1
     * @return false where several processes made calls and nothing tells whose GPUs are whose
     */
    boolean unite(ThreadNames names, int rank) {
        int[] target = new int[processOf.size()];
        if (hosts.size() < 2) {
            builder.uniteProcesses(target);
            builder.nameRank(0, rank);
            return true;
        }
        Map<String, Integer> hostOf = new HashMap<>();
        hosts.forEach(host -> hostOf.put(names.owner(host), process(host)));
        if (hostOf.size() < hosts.size() || !gpus.stream().map(names::owner).allMatch(hostOf::containsKey)) {
            return false;
        }
        Arrays.fill(target, process(hosts.iterator().next()));
        processOf.forEach((id, process) -> target[process] = hostOf.getOrDefault(names.owner(id), target[process]));
        builder.uniteProcesses(target);
        hosts.forEach(host -> builder.nameRank(process(host), names.rank(host)));
        return true;
    }

    /** How many processes made calls. */
    int hosts() {
        return hosts.size();
    }
}
