package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups devices into chains that hold every chunk once: a chain is one tensor-parallel lane of one replica. Labels may
 * say which; else devices with the same chunks are told apart by rank.
 */
final class Chains {

    /**
     * One chain.
     *
     * @param replica number of the data-parallel replica
     * @param lane tensor-parallel lane within it
     * @param devices its devices, by their first chunk
     */
    record Chain(int replica, int lane, List<Integer> devices) {}

    /** What tells chains apart: the labels' numbers, and the how-manieth device with the same chunks this is. */
    private record Key(int replica, int lane, int copy) {}

    private static final Comparator<Key> BY_LABEL =
            Comparator.comparingInt(Key::replica).thenComparingInt(Key::copy).thenComparingInt(Key::lane);

    private Chains() {}

    static List<Chain> of(List<Task> tasks, Placement placement, ImportLog log) {
        Map<Integer, TreeSet<Integer>> chunks = new TreeMap<>();
        Map<Integer, Label> hint = new HashMap<>();
        for (Task task : tasks) {
            chunks.computeIfAbsent(task.device(), d -> new TreeSet<>())
                    .add(placement.chunk(task.device(), task.label()));
            hint.putIfAbsent(task.device(), task.label());
        }
        Map<Key, List<Integer>> members = new TreeMap<>(BY_LABEL);
        Map<List<Object>, Integer> seen = new HashMap<>();
        int guessed = 0;
        for (int device : chunks.keySet()) {
            int replica = hint.get(device).replica();
            int lane = hint.get(device).lane();
            int copy = seen.merge(List.of(chunks.get(device), replica, lane), 1, Integer::sum) - 1;
            guessed += copy > 0 ? 1 : 0;
            members.computeIfAbsent(new Key(Math.max(0, replica), Math.max(0, lane), copy), k -> new ArrayList<>())
                    .add(device);
        }
        log.count(Oddity.LANES_BY_RANK, guessed);
        dropIncomplete(members, log);
        members.values()
                .forEach(devices -> devices.sort(
                        Comparator.comparing((Integer d) -> chunks.get(d).first())
                                .thenComparing(Comparator.naturalOrder())));
        return number(members);
    }

    private static void dropIncomplete(Map<Key, List<Integer>> members, ImportLog log) {
        int most = members.values().stream().mapToInt(List::size).max().orElse(0);
        members.values().removeIf(devices -> {
            log.count(Oddity.LANES_LEFT_OUT, devices.size() < most ? devices.size() : 0);
            return devices.size() < most;
        });
    }

    /** Replicas keep the numbers that they are told by, unless some had to be told apart by rank. */
    private static List<Chain> number(Map<Key, List<Integer>> members) {
        boolean isTold = members.keySet().stream().allMatch(key -> key.copy() == 0);
        List<Chain> chains = new ArrayList<>();
        Map<List<Integer>, Integer> replicas = new HashMap<>();
        Map<Integer, Integer> lanes = new HashMap<>();
        members.forEach((key, devices) -> {
            List<Integer> group = List.of(key.replica(), key.copy());
            replicas.putIfAbsent(group, isTold ? key.replica() : replicas.size());
            int replica = replicas.get(group);
            chains.add(new Chain(replica, lanes.merge(replica, 1, Integer::sum) - 1, List.copyOf(devices)));
        });
        return chains;
    }
}
