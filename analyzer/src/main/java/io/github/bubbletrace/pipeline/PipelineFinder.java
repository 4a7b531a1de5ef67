package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.Chains.Chain;
import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.pipeline.fleet.LaidOutTasks;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.pipeline.fleet.MergedTasks;
import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.iteration.Iterations;
import io.github.bubbletrace.pipeline.iteration.PlacedTask;
import io.github.bubbletrace.pipeline.iteration.UnflushedIterations;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Directions;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds the pipelines that labelled tasks make up: places, replicas, iterations. */
public final class PipelineFinder {

    private final Fleet fleet;
    private final ImportLog log;
    private final List<Task> labelled;
    private final Placement placement;
    private final UnlabelledTasks structure;

    private PipelineFinder(Fleet fleet, Layout layout) {
        this.fleet = fleet;
        log = fleet.log();
        List<Task> merged = MergedTasks.of(fleet);
        structure = merged.isEmpty() ? UnlabelledTasks.of(fleet) : null;
        labelled = LaidOutTasks.of(structure == null ? merged : structure.tasks(), fleet, layout);
        placement = new Placement(labelled, layout == null ? 0 : layout.pipeline());
    }

    /**
     * The pipelines of {@code fleet}, by replica; empty where no task is labelled.
     *
     * @param layout what the user tells of the ranks, or null
     */
    public static List<PipelineRun> find(Fleet fleet, Layout layout) {
        PipelineFinder finder = new PipelineFinder(fleet, layout);
        if (finder.labelled.isEmpty()) {
            finder.sayWhyNone();
            return List.of();
        }
        TreeMap<Integer, List<Chain>> replicas = new TreeMap<>();
        for (Chain chain : Chains.of(finder.labelled, finder.placement, finder.log)) {
            replicas.computeIfAbsent(chain.replica(), r -> new ArrayList<>()).add(chain);
        }
        return replicas.entrySet().stream()
                .map(entry -> finder.pipeline(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void sayWhyNone() {
        long ranges = fleet.files().stream()
                .mapToLong(file -> file.counts().labelledRanges())
                .sum();
        log.count(ranges > 0 ? Oddity.LABELS_WITHOUT_KERNELS : Oddity.NO_PIPELINE, 1);
    }

    private PipelineRun pipeline(int replica, List<Chain> chains) {
        int places = chains.get(0).devices().size();
        List<Integer> devices = new ArrayList<>();
        List<Integer> laneOf = new ArrayList<>();
        List<Integer> placeOf = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            for (Chain chain : chains) {
                devices.add(chain.devices().get(place));
                laneOf.add(chain.lane());
                placeOf.add(place);
            }
        }
        List<PlacedTask> tasks = placed(devices);
        UnflushedIterations iterations = iterations(tasks);
        TreeSet<Integer> present = new TreeSet<>();
        tasks.forEach(task -> present.add(task.action().chunk()));
        int chunks = present.last() + 1;
        List<Integer> missing = IntStream.range(0, chunks)
                .filter(c -> !present.contains(c))
                .boxed()
                .toList();
        log.count(Oddity.MISSING_CHUNKS, missing.size());
        log.count(Oddity.LONE_STAGE, places == 1 ? 1 : 0);
        return new PipelineRun(
                replica,
                places,
                chunks,
                chunksOf(tasks).values().stream().mapToInt(Set::size).max().orElse(1),
                chains.size(),
                devices.stream().map(d -> fleet.devices().get(d)).toList(),
                placeOf,
                laneOf,
                missing,
                tasks.stream().allMatch(t -> t.action().phase().isForward()),
                pointToPoint(devices, tasks, iterations),
                structure == null ? List.of() : structure.steps(devices.get(0)),
                windows(tasks, iterations, devices, places));
    }

    private UnflushedIterations iterations(List<PlacedTask> tasks) {
        UnflushedIterations iterations = new UnflushedIterations(
                new Iterations(device -> fleet.devices().get(device).optimizer(), log).split(tasks));
        log.count(Oddity.ITERATIONS_UNFLUSHED, iterations.count());
        return iterations;
    }

    private PointToPoint pointToPoint(List<Integer> devices, List<PlacedTask> tasks, UnflushedIterations iterations) {
        Map<Integer, Set<Integer>> chunks = chunksOf(tasks);
        int[][] deviceOfLane = fleet.deviceOfLane();
        Map<Integer, Integer> position = positions(devices);
        List<PointToPoint.Op> ops = new ArrayList<>();
        for (int file = 0; file < fleet.files().size(); file++) {
            TransferOps found = fleet.files().get(file).transfers();
            FileClock clock = fleet.clocks().of(file);
            for (int op = 0; op < found.size(); op++) {
                int device = deviceOfLane[file][found.lane(op)];
                int target = found.target(op) < 0 ? -1 : deviceOfLane[file][found.target(op)];
                if (position.containsKey(device)) {
                    Label sent = structure == null ? found.label(op) : structure.sent(file, op);
                    Label received = structure == null ? null : structure.received(file, op);
                    Direction direction = found.direction(op);
                    boolean both = mayBeBoth(direction) && sent != null && received != null;
                    for (Label label : both ? List.of(sent, received) : oneOf(sent, received)) {
                        int iteration = label == null ? -1 : label.iteration();
                        ops.add(new PointToPoint.Op(
                                position.get(device),
                                position.getOrDefault(target, -1),
                                both || isFound(direction, label) ? directionOf(label) : direction,
                                iterations.action(iteration, action(device, label, chunks)),
                                iterations.window(iteration),
                                clock.at(found.startNs(op)),
                                clock.at(found.endNs(op)),
                                found.bytes(op, true),
                                found.bytes(op, false)));
                    }
                }
            }
        }
        return new PointToPoint(ops);
    }

    /** Where a kernel does not say what it does structure may find that it does both. */
    private static boolean mayBeBoth(Direction direction) {
        return direction == Direction.BOTH || direction == Direction.UNKNOWN;
    }

    /** Whether only structure says what a kernel does. */
    private boolean isFound(Direction direction, Label label) {
        return structure != null && label != null && direction == Direction.UNKNOWN;
    }

    private static Direction directionOf(Label label) {
        return label.role() == Label.Role.SEND ? Direction.SEND : Direction.RECV;
    }

    private static List<Label> oneOf(Label sent, Label received) {
        return Collections.singletonList(sent == null ? received : sent);
    }

    /** A transfer's label that names no stage means the only chunk of its device; of several it tells none. */
    private Action action(int device, Label label, Map<Integer, Set<Integer>> chunks) {
        Set<Integer> own = chunks.getOrDefault(device, Set.of());
        if (label == null || (label.chunk() < 0 && label.localChunk() < 0 && own.size() > 1)) {
            return null;
        }
        boolean only = label.chunk() < 0 && own.size() == 1;
        int chunk = only ? own.iterator().next() : placement.chunk(device, label);
        return new Action(label.phase(), chunk, label.microBatch());
    }

    private List<PlacedTask> placed(List<Integer> devices) {
        Set<Integer> wanted = new HashSet<>(devices);
        Map<List<Integer>, Integer> ordinals = new HashMap<>();
        List<PlacedTask> tasks = new ArrayList<>();
        for (Task task : labelled) {
            if (wanted.contains(task.device())) {
                int chunk = placement.chunk(task.device(), task.label());
                int microBatch = task.label().microBatch() == Label.ORDINAL
                        ? ordinals.merge(List.of(task.device(), chunk), 1, Integer::sum) - 1
                        : task.label().microBatch();
                tasks.add(new PlacedTask(
                        task.device(),
                        new Action(task.label().phase(), chunk, microBatch),
                        task.iteration(),
                        task.startNs(),
                        task.endNs(),
                        task.layers()));
            }
        }
        return tasks;
    }

    private static Map<Integer, Integer> positions(List<Integer> devices) {
        Map<Integer, Integer> position = new HashMap<>();
        for (int d = 0; d < devices.size(); d++) {
            position.put(devices.get(d), d);
        }
        return position;
    }

    private static Map<Integer, Set<Integer>> chunksOf(List<PlacedTask> tasks) {
        Map<Integer, Set<Integer>> chunks = new HashMap<>();
        tasks.forEach(task -> chunks.computeIfAbsent(task.device(), d -> new HashSet<>())
                .add(task.action().chunk()));
        return chunks;
    }

    private List<Window> windows(List<PlacedTask> tasks, UnflushedIterations found, List<Integer> devices, int places) {
        SortedMap<Integer, List<PlacedTask>> iterations = found.windows();
        Set<List<Object>> expected = streams(tasks).keySet();
        List<Action> actions = tasks.stream().map(PlacedTask::action).toList();
        int chunks = actions.stream().mapToInt(Action::chunk).max().orElse(0) + 1;
        int chain = Directions.chain(chunks, places, actions);
        List<Window> windows = new ArrayList<>();
        iterations.forEach((number, iteration) -> {
            boolean edge = number.equals(iterations.firstKey()) || number.equals(iterations.lastKey());
            boolean cut = edge && isCut(iteration, expected, chain);
            windows.add(window(number, cut, found.isUnflushed(number), iteration, devices));
        });
        return whole(windows);
    }

    private static Window window(
            int number, boolean cut, boolean unflushed, List<PlacedTask> tasks, List<Integer> devices) {
        Map<Integer, Integer> position = positions(devices);
        List<PlacedTask> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.comparingInt((PlacedTask t) -> position.get(t.device()))
                .thenComparingLong(PlacedTask::startNs)
                .thenComparingLong(PlacedTask::endNs)
                .thenComparing(t -> t.action().toString()));
        int[] device = sorted.stream().mapToInt(t -> position.get(t.device())).toArray();
        return new Window(number, cut, unflushed, device, sorted);
    }

    /** A whole iteration runs every micro-batch that it shows forward and, if ever, backward on every chunk of its direction. */
    private static boolean isCut(List<PlacedTask> tasks, Set<List<Object>> expected, int chain) {
        Map<List<Object>, Set<Integer>> streams = streams(tasks);
        Map<Integer, Set<Integer>> all = new HashMap<>();
        streams.forEach((key, microBatches) -> all.computeIfAbsent((Integer) key.get(1) / chain, c -> new HashSet<>())
                .addAll(microBatches));
        return expected.stream()
                .anyMatch(key -> streams.getOrDefault(key, Set.of()).size()
                        < all.getOrDefault((Integer) key.get(1) / chain, Set.of())
                                .size());
    }

    /** The micro-batches of each device, chunk and direction; recomputation and weight gradients may come and go. */
    private static Map<List<Object>, Set<Integer>> streams(List<PlacedTask> tasks) {
        Map<List<Object>, Set<Integer>> streams = new HashMap<>();
        for (PlacedTask task : tasks) {
            Action action = task.action();
            boolean forward = action.phase().isForward();
            if (forward || action.phase() == Phase.B) {
                streams.computeIfAbsent(List.of(task.device(), action.chunk(), forward), k -> new HashSet<>())
                        .add(action.microBatch());
            }
        }
        return streams;
    }

    private List<Window> whole(List<Window> windows) {
        List<Window> kept = windows.stream().filter(w -> !w.isTruncated()).toList();
        if (kept.isEmpty()) {
            log.count(Oddity.ONLY_CUT_ITERATIONS, windows.size());
            return windows;
        }
        log.count(Oddity.CUT_ITERATIONS, windows.size() - (long) kept.size());
        return kept;
    }
}
