package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.extract.TaskLayers;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.pipeline.fleet.Lanes;
import io.github.bubbletrace.pipeline.fleet.MarkedTasks;
import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.fleet.TransferRows;
import io.github.bubbletrace.pipeline.iteration.Iterations;
import io.github.bubbletrace.pipeline.iteration.PlacedTask;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.unlabelled.Exchanges;
import io.github.bubbletrace.pipeline.unlabelled.FoundPipeline;
import io.github.bubbletrace.pipeline.unlabelled.Reconstruction;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import io.github.bubbletrace.pipeline.unlabelled.work.Refusal;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks of traces whose ranges name none, as their structure shows them, in the form of labelled ones. */
final class UnlabelledTasks {

    /** How sure a boundary is that optimizer kernels show. */
    private static final double BY_OPTIMIZER = 0.95;

    /** How sure one is that only a pause shows: a pipeline may run dry within an iteration too. */
    private static final double BY_FLUSH = 0.8;

    private final Fleet fleet;
    private TransferRows rows;
    private final List<Task> tasks = new ArrayList<>();
    private final Map<Integer, List<StructureStep>> steps = new HashMap<>();
    private final List<Label[]> sendLabels = new ArrayList<>();
    private final List<Label[]> receiveLabels = new ArrayList<>();

    private UnlabelledTasks(Fleet fleet) {
        this.fleet = fleet;
        fleet.files().forEach(file -> {
            sendLabels.add(new Label[file.transfers().size()]);
            receiveLabels.add(new Label[file.transfers().size()]);
        });
    }

    /** What structure shows of {@code fleet}; no tasks where it shows no pipeline, which is counted. */
    static UnlabelledTasks of(Fleet fleet) {
        UnlabelledTasks found = new UnlabelledTasks(fleet);
        if (fleet.files().stream().noneMatch(file -> file.work().isEmpty())) {
            found.reconstruct();
        }
        return found;
    }

    /** The tasks, by device and start. */
    List<Task> tasks() {
        return tasks;
    }

    /** The task whose output an operation of a file sends, or null. */
    Label sent(int file, int op) {
        return sendLabels.get(file)[op];
    }

    /** The task whose input an operation of a file receives, or null. */
    Label received(int file, int op) {
        return receiveLabels.get(file)[op];
    }

    private void reconstruct() {
        Reconstruction reconstruction = pipelineAmongPurposes();
        reconstruction.refusal().ifPresent(refusal -> fleet.log().count(Oddity.NO_STRUCTURE, 1, refusal.reason()));
        Lanes lanes = Lanes.of(fleet, reconstruction.pipelines());
        for (int p = 0; p < reconstruction.pipelines().size(); p++) {
            FoundPipeline pipeline = reconstruction.pipelines().get(p);
            List<StructureStep> own = new ArrayList<>(List.of(reconstruction.transfers()));
            own.addAll(pipeline.steps());
            MarkedTasks marks = new MarkedTasks(fleet, pipeline);
            own.add(marks.step().orElseGet(() -> iterationsStep(pipeline)));
            own.addAll(lanes.steps());
            pipeline.devices().forEach(device -> steps.put(device, own));
            add(pipeline, marks, lanes.replica(p), lanes.lane(p));
            fleet.log().count(Oddity.UNEXPLAINED_KERNELS, pipeline.unexplained());
        }
        tasks.sort(Comparator.comparingInt(Task::device)
                .thenComparingLong(Task::startNs)
                .thenComparingLong(Task::endNs)
                .thenComparing(task -> task.label().toString()));
        fleet.log().count(Oddity.TASKS_BY_STRUCTURE, tasks.size());
    }

    /**
     * Transfers of one purpose at a time where the trace tells them apart: expert and context parallelism send beside the
     * pipeline's hops. What is called a pipeline's is; else it must be the only one that makes one. Where none does, as when
     * every two neighbours are a group of their own, all together may.
     */
    private Reconstruction pipelineAmongPurposes() {
        List<DeviceWork> works = works();
        List<Reconstruction> found = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        List<String> purposes = TransferRows.likelyPurposes(fleet);
        for (int i = 0; i < purposes.size() || (i == purposes.size() && i > 1 && found.isEmpty()); i++) {
            TransferRows own = i < purposes.size() ? TransferRows.of(fleet, purposes.get(i)) : TransferRows.all(fleet);
            Reconstruction reconstruction = Reconstruction.of(works, own.operations(), errorNs());
            reconstruction.refusal().ifPresent(refusals::add);
            if (!reconstruction.pipelines().isEmpty()) {
                found.add(reconstruction);
                rows = own;
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.size() > 1) {
            return refused(List.of(new Refusal(
                    Reached.MICRO_BATCHES,
                    "transfers of several groups of ranks look like a pipeline's, and none is called one")));
        }
        Optional<Reconstruction> beside = besideExchanges(works);
        beside.flatMap(Reconstruction::refusal).ifPresent(refusals::add);
        return beside.filter(one -> !one.pipelines().isEmpty()).orElseGet(() -> refused(refusals));
    }

    private static Reconstruction refused(List<Refusal> refusals) {
        return new Reconstruction(null, List.of(), Refusal.furthest(refusals));
    }

    /** What all transfers are but those on streams that only exchange; empty where there are no such streams. */
    private Optional<Reconstruction> besideExchanges(List<DeviceWork> works) {
        TransferRows all = TransferRows.all(fleet);
        Exchanges exchanges = Exchanges.of(all.operations());
        if (exchanges.isEmpty()) {
            return Optional.empty();
        }
        TransferRows hops = all.without(exchanges::has);
        Reconstruction read = Reconstruction.of(works, hops.operations(), errorNs());
        if (read.pipelines().isEmpty()) {
            return Optional.of(read);
        }
        if (!exchanges.areBeside(read.pipelines(), errorNs())) {
            return Optional.of(refused(List.of(new Refusal(
                    Reached.MICRO_BATCHES,
                    "streams on which ranks only exchange join other stages than those of one place; record who sends to"
                            + " whom (NCCL's payload)"))));
        }
        rows = hops;
        StructureStep transfers = new StructureStep(
                read.transfers().step(),
                read.transfers().confidence(),
                read.transfers().by() + "; streams on which ranks only exchange are left out");
        return Optional.of(new Reconstruction(transfers, read.pipelines(), Optional.empty()));
    }

    /** How the pipeline that a device belongs to was found. */
    List<StructureStep> steps(int device) {
        return steps.getOrDefault(device, List.of());
    }

    private StructureStep iterationsStep(FoundPipeline pipeline) {
        boolean optimizer = pipeline.devices().stream()
                .allMatch(device -> fleet.devices().get(device).optimizer().size() > 0);
        return new StructureStep(
                "iterations",
                optimizer ? BY_OPTIMIZER : BY_FLUSH,
                optimizer
                        ? "optimizer kernels, or else pauses with nothing in flight"
                        : "pauses with nothing in flight");
    }

    private long errorNs() {
        long stamp = fleet.files().stream()
                .mapToLong(file -> file.source().stampNs())
                .max()
                .orElse(1);
        return stamp
                - 1
                + 2
                        * fleet.devices().stream()
                                .mapToLong(Device::clockErrorNs)
                                .max()
                                .orElse(0);
    }

    private List<DeviceWork> works() {
        List<DeviceWork> works = new ArrayList<>();
        for (Device device : fleet.devices()) {
            List<LaneWork> lanes = fleet.files().get(device.file()).work();
            LaneWork lane = device.lane() < lanes.size() ? lanes.get(device.lane()) : LaneWork.NONE;
            works.add(new DeviceWork(device.name(), lane, fleet.clocks().of(device.file())::at));
        }
        return works;
    }

    /** Cuts a pipeline's tasks into iterations and counts the micro-batches of each from 0. */
    private void add(FoundPipeline pipeline, MarkedTasks marks, int replica, int lane) {
        Map<Action, List<FoundTask>> byAction = new HashMap<>();
        List<PlacedTask> placed = new ArrayList<>();
        for (FoundTask task : pipeline.tasks()) {
            byAction.computeIfAbsent(task.action(), a -> new ArrayList<>()).add(task);
            placed.add(new PlacedTask(
                    task.device(),
                    task.action(),
                    marks.iteration(task),
                    task.startNs(),
                    task.endNs(),
                    TaskLayers.NONE));
        }
        placed.sort(Comparator.comparingInt(PlacedTask::device).thenComparingLong(PlacedTask::startNs));
        new Iterations(device -> fleet.devices().get(device).optimizer(), fleet.log())
                .split(placed)
                .forEach((iteration, own) -> {
                    int first = own.stream()
                            .mapToInt(task -> task.action().microBatch())
                            .min()
                            .orElse(0);
                    int half = (int) own.stream()
                            .filter(task -> !isSecondWay(pipeline, task))
                            .map(task -> task.action().microBatch())
                            .distinct()
                            .count();
                    for (PlacedTask task : own) {
                        Label label = Label.task(
                                        task.action().phase(),
                                        task.action().microBatch() - first + (isSecondWay(pipeline, task) ? half : 0))
                                .onChunk(task.action().chunk())
                                .inIteration(iteration)
                                .at(-1, replica, lane);
                        tasks.add(new Task(
                                task.device(), label, iteration, task.startNs(), task.endNs(), TaskLayers.NONE));
                        byAction.get(task.action()).forEach(found -> label(found, label));
                    }
                });
    }

    /** Whether a task's micro-batch entered where those of the first way leave. */
    private static boolean isSecondWay(FoundPipeline pipeline, PlacedTask task) {
        return pipeline.ways() > 1
                && task.action().chunk() >= pipeline.devices().size();
    }

    private void label(FoundTask task, Label label) {
        if (task.send() >= 0) {
            sendLabels.get(rows.file(task.send()))[rows.op(task.send())] = label.as(Label.Role.SEND);
        }
        if (task.receive() >= 0 && isOwnOperation(task.receive())) {
            receiveLabels.get(rows.file(task.receive()))[rows.op(task.receive())] = label.as(Label.Role.RECV);
        }
    }

    /** A peer copy belongs to the task that it comes from. */
    private boolean isOwnOperation(int receive) {
        return fleet.files().get(rows.file(receive)).transfers().direction(rows.op(receive)) != Direction.COPY;
    }
}
