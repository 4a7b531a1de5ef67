package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.chain.SeatHops;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.StageCutter;
import io.github.bubbletrace.pipeline.unlabelled.cut.Tasks;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Seats;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Stages of a pipeline of which ranks are missing. Where the trace says which place in its group each rank has, and that
 * each sends only to the places next to its own, the place is the stage: what goes to the next is a forward's, what goes
 * back a backward's. Tasks are counted stage by stage, so the trace must begin before the first of them.
 */
final class SeatedStages {

    /** Micro-batches are counted on each stage alone; only the first and the last show that nothing goes round. */
    private static final double COUNTED = 0.8;

    /** Kernels of no task beyond this share are tasks of another kind, as weight gradients. */
    private static final double MOST_LEFT = 0.1;

    private final List<DeviceWork> works;
    private final Operations operations;
    private final long toleranceNs;

    private SeatedStages(List<DeviceWork> works, Operations operations, long toleranceNs) {
        this.works = works;
        this.operations = operations;
        this.toleranceNs = toleranceNs;
    }

    /**
     * The pipeline of the devices that transfer anything, where the places of both sides are known throughout and ranks are
     * missing; else nothing.
     */
    static Optional<FoundPipeline> read(List<DeviceWork> works, Operations operations, long toleranceNs)
            throws NoPipelineException {
        SeatedStages stages = new SeatedStages(works, operations, toleranceNs);
        Map<Integer, Integer> deviceOfSeat = stages.seated();
        return deviceOfSeat.isEmpty() ? Optional.empty() : Optional.of(stages.read(deviceOfSeat));
    }

    /** The device at each place; empty where places do not say all. */
    private Map<Integer, Integer> seated() {
        TreeMap<Integer, Integer> deviceOfSeat = new TreeMap<>();
        boolean missing = false;
        for (int row = 0; row < operations.size(); row++) {
            Seats seats = operations.seats(row);
            boolean isHop = seats != null
                    && operations.role(row) != Operations.Role.UNKNOWN
                    && Math.abs(seats.own() - seats.other()) == 1
                    && seats.size() > 2
                    && seats.group().equals(operations.seats(0).group());
            if (!isHop || deviceOfSeat.merge(seats.own(), operations.device(row), (a, b) -> a.equals(b) ? a : -1) < 0) {
                return new TreeMap<>();
            }
            missing |= operations.named(row) == Operations.ABSENT;
        }
        return missing ? deviceOfSeat : new TreeMap<>();
    }

    private FoundPipeline read(Map<Integer, Integer> deviceOfSeat) throws NoPipelineException {
        List<Integer> seats = List.copyOf(deviceOfSeat.keySet());
        List<Integer> devices = List.copyOf(deviceOfSeat.values());
        DeviceWork[] own = devices.stream().map(works::get).toArray(DeviceWork[]::new);
        Stage[] stages =
                new StageCutter(own, new SeatHops(operations, devices, seats), false, operations, toleranceNs).cut();
        int size = operations.seats(0).size();
        boolean hasEnd = seats.get(0) == 0 || seats.get(seats.size() - 1) == size - 1;
        List<FoundTask> tasks = new ArrayList<>();
        for (int place = 0; place < stages.length; place++) {
            requireWhole(stages[place], stages[0]);
            if (!hasEnd) {
                OneChunk.require(stages[place], seats.get(place), size);
            }
            add(tasks, Phase.F, stages[place], devices.get(place), seats.get(place));
            add(tasks, Phase.B, stages[place], devices.get(place), seats.get(place));
            stages[place].addRecomputed(tasks, devices.get(place), seats.get(place));
        }
        ChainChecks.requireStages(stages, tasks, operations, toleranceNs);
        StageChain chain = new StageChain(devices, false, true, hasEnd ? 1 : COUNTED);
        ChainSteps steps = new ChainSteps(chain, stages, operations, toleranceNs);
        List<StructureStep> found = new ArrayList<>(List.of(
                new StructureStep(
                        "stages", chain.confidence(), "places in NCCL's group of ranks; stages between are missing"),
                steps.tasksStep()));
        RecomputedStep.of(stages).ifPresent(found::add);
        found.add(new StructureStep("microBatches", COUNTED, "the k-th forward and backward of each stage"));
        return new FoundPipeline(devices, 1, 1, tasks, steps.unexplained(), List.copyOf(found));
    }

    /** Micro-batches of stages that do not meet are the same only where none of them was cut off. */
    private static void requireWhole(Stage stage, Stage first) throws NoPipelineException {
        Tasks forwards = stage.tasks(true);
        Tasks backwards = stage.tasks(false);
        int each = first.tasks(true).size();
        boolean whole = forwards.size() == each
                && (backwards.size() == 0 || backwards.size() == each)
                && backwards.size() == first.tasks(false).size()
                && each > 0
                && stage.cut().unexplained() <= MOST_LEFT * stage.kernels()
                && stage.older(true, all(forwards)) == 0
                && stage.older(false, all(backwards)) == 0
                && (backwards.size() == 0 || stage.startNs(true, 0) < stage.startNs(false, 0));
        if (!whole) {
            throw new NoPipelineException(
                    "those in the trace did not all run as many forwards and backwards, and nothing"
                            + " else: which belong together does not show");
        }
    }

    private static int[] all(Tasks tasks) {
        return IntStream.range(0, tasks.size()).toArray();
    }

    private void add(List<FoundTask> found, Phase phase, Stage stage, int device, int seat) {
        int[] receives = stage.receives(phase == Phase.F);
        for (int t = 0; t < stage.cut().tasks(phase).size(); t++) {
            int receive = t < receives.length ? receives[t] : Operations.NONE;
            found.add(stage.found(device, new Action(phase, seat, t), t, receive));
        }
    }
}
