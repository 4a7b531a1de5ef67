package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads the tasks of a chain of stages: cuts each device's kernels by what it sends, gives the k-th task the k-th receive,
 * and counts micro-batches from the first stage.
 */
final class ChainReader {

    /** How sure a cut by the shares of other stages is. */
    private static final double BY_SHARE = 0.8;

    private final List<DeviceWork> works;
    private final StageChain chain;
    private final Traffic traffic;
    private final Operations operations;
    private final long toleranceNs;
    private final Stage[] stages;

    private ChainReader(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs) {
        this.works = works;
        this.chain = chain;
        this.traffic = traffic;
        this.operations = traffic.operations();
        this.toleranceNs = toleranceNs;
        stages = new Stage[chain.places()];
    }

    /** The pipeline of {@code chain}. */
    static FoundPipeline read(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        ChainReader reader = new ChainReader(works, chain, traffic, toleranceNs);
        reader.cutStages();
        return reader.pipeline();
    }

    /** Middle stages first: they show what the ends leave open. */
    private void cutStages() throws NoPipelineException {
        int last = chain.places() - 1;
        for (int place = 1; place < last; place++) {
            stages[place] = stage(place);
        }
        stages[0] = stage(0);
        stages[last] = stage(last);
    }

    private Stage stage(int place) throws NoPipelineException {
        DeviceWork work = works.get(chain.devices().get(place));
        int device = chain.devices().get(place);
        int before = chain.before(place);
        int after = chain.after(place);
        int[] forwardSends = traffic.sends(device, after);
        int[] backwardSends = chain.returns() ? traffic.sends(device, before) : new int[0];
        int[] forwardReceives = receives(traffic.sends(before, device));
        int[] backwardReceives = chain.returns() ? receives(traffic.sends(after, device)) : new int[0];
        boolean last = place == chain.places() - 1;
        int silent = last
                ? forwardReceives.length - forwardSends.length
                : place == 0 ? backwardReceives.length - backwardSends.length : 0;
        SendGroups groups = new SendGroups(work, operations, forwardSends, backwardSends);
        TaskCutter cutter = new TaskCutter(work, groups, Math.max(0, silent), last);
        Cut cut = groups.size() == 0
                ? cutter.byReceives(endsNs(last ? forwardReceives : backwardReceives))
                : cutter.isSeparable()
                        ? cutter.byCounts()
                        : cutter.bySplit(posted(work, forwardReceives, backwardReceives), elsewhere(last), share(last));
        return new Stage(work, operations, forwardReceives, backwardReceives, cut, toleranceNs);
    }

    private int[] receives(int[] sends) {
        return Arrays.stream(sends)
                .map(operations::peer)
                .boxed()
                .sorted(Comparator.comparingLong((Integer row) -> operations.endNs(row))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long[] endsNs(int[] rows) {
        return Arrays.stream(rows).mapToLong(operations::endNs).toArray();
    }

    private int[] posted(DeviceWork work, int[] forwardReceives, int[] backwardReceives) {
        return IntStream.concat(Arrays.stream(forwardReceives), Arrays.stream(backwardReceives))
                .map(row -> work.launchedBefore(operations.issuedNs(row)))
                .toArray();
    }

    /** Kernels of a usual task of a direction and of the other one, on the stages that are cut already; else none. */
    private int[] elsewhere(boolean forward) {
        return new int[] {usualKernels(forward), usualKernels(!forward)};
    }

    private int usualKernels(boolean forward) {
        int[] counts = Arrays.stream(stages)
                .filter(Objects::nonNull)
                .map(stage -> stage.tasks(forward))
                .flatMapToInt(tasks -> IntStream.range(0, tasks.size()).map(t -> tasks.end(t) - tasks.first(t)))
                .sorted()
                .toArray();
        return counts.length == 0 ? 0 : counts[counts.length / 2];
    }

    /** The share of a forward in the time of a forward and a backward; of a backward where {@code forward} is false. */
    private double share(boolean forward) {
        double forwards = 0;
        double backwards = 0;
        for (Stage stage : stages) {
            if (stage != null
                    && stage.tasks(true).size() > 0
                    && stage.tasks(false).size() > 0) {
                forwards += medianNs(stage, true);
                backwards += medianNs(stage, false);
            }
        }
        double share = forwards / (forwards + backwards);
        return forward ? share : 1 - share;
    }

    private static double medianNs(Stage stage, boolean forward) {
        return Median.of(IntStream.range(0, stage.tasks(forward).size())
                .mapToDouble(t -> stage.endNs(forward, t) - stage.startNs(forward, t)));
    }

    private FoundPipeline pipeline() throws NoPipelineException {
        Direction forward = direction(true);
        Direction backward = chain.returns() ? direction(false) : null;
        int chunksPerDevice = forward.rounds();
        int last = chain.places() - 1;
        int missing = 0;
        if (backward != null) {
            if (backward.rounds() != chunksPerDevice) {
                throw new NoPipelineException("forwards and backwards go round the ring differently often");
            }
            missing = backwardsWithoutForward(forward, backward, last);
        }
        List<FoundTask> tasks = new ArrayList<>();
        Phase phase = chain.isRing() && !chain.returns() ? Phase.D : Phase.F;
        addTasks(tasks, forward, true, phase, chunksPerDevice, 0);
        if (backward != null) {
            addTasks(tasks, backward, false, Phase.B, chunksPerDevice, -missing);
        }
        return new FoundPipeline(
                chain.devices(),
                chunksPerDevice,
                tasks,
                unexplained(),
                List.of(stagesStep(), tasksStep(), microBatchesStep(tasks)));
    }

    private int unexplained() {
        return Arrays.stream(stages)
                .mapToInt(stage -> stage.cut().unexplained())
                .sum();
    }

    private StructureStep stagesStep() {
        String by = chain.returns()
                ? "who sends to whom; at the last stage what goes back follows what came"
                : chain.isRing()
                        ? "who sends to whom; what the last stage sends to the first starts new work there"
                        : "who sends to whom";
        return new StructureStep("stages", chain.confidence(), by);
    }

    private StructureStep tasksStep() {
        boolean byShare = Arrays.stream(stages).anyMatch(stage -> stage.cut().isByShare());
        double kernels =
                Math.max(1, Arrays.stream(stages).mapToInt(Stage::kernels).sum());
        double explained = 1 - unexplained() / kernels;
        return new StructureStep(
                "tasks",
                byShare ? BY_SHARE * explained : explained,
                byShare
                        ? "kernels between sends; forwards and backwards that touch by their shares on other stages"
                        : "kernels between sends and their numbers");
    }

    private StructureStep microBatchesStep(List<FoundTask> tasks) {
        long received = tasks.stream().filter(task -> task.receive() >= 0).count();
        long early = tasks.stream()
                .filter(task -> task.receive() >= 0 && task.startNs() + toleranceNs < operations.endNs(task.receive()))
                .count();
        return new StructureStep(
                "microBatches",
                1 - (double) early / Math.max(1, received),
                "the k-th send meets the k-th receive; tasks begin after what they need came");
    }

    /** Where each stage's tasks of one direction stand in the common count. */
    private static final class Direction {

        private final int[] offset;
        private final Rounds rounds;

        Direction(int[] offset, Rounds rounds) {
            this.offset = offset;
            this.rounds = rounds;
        }

        /** Round of a stage's task. */
        int round(int place, int task) {
            return rounds.round(task + offset[place]);
        }

        /** Micro-batch of a stage's task. */
        int microBatch(int place, int task) {
            return rounds.microBatch(task + offset[place]);
        }

        /** How many rounds there are. */
        int rounds() {
            return rounds.rounds();
        }
    }

    private Direction direction(boolean forward) throws NoPipelineException {
        int places = chain.places();
        int[] offset = new int[places];
        int step = forward ? 1 : -1;
        int start = forward ? 0 : places - 1;
        for (int place = start + step; place >= 0 && place < places; place += step) {
            offset[place] = offset[place - step] + shift(place - step, place, forward);
        }
        int least = Arrays.stream(offset).min().orElse(0);
        int most = 0;
        for (int place = 0; place < places; place++) {
            offset[place] -= least;
            most = Math.max(most, offset[place] + stages[place].tasks(forward).size());
        }
        int end = forward ? places - 1 : 0;
        boolean several = chain.isRing() && chain.returns();
        return new Direction(offset, several ? Rounds.of(isLast(stages[end].tasks(forward))) : Rounds.one(most));
    }

    private static boolean[] isLast(Tasks tasks) {
        boolean[] last = new boolean[tasks.size()];
        for (int t = 0; t < last.length; t++) {
            last[t] = tasks.send(t) == Operations.NONE;
        }
        return last;
    }

    /** How much later the tasks of {@code to} stand in the count than those of {@code from}. */
    private int shift(int from, int to, boolean forward) throws NoPipelineException {
        int[] receives = stages[to].receives(forward);
        int[] tasks = IntStream.range(0, stages[to].tasks(forward).size()).toArray();
        int older = stages[to].older(forward, tasks);
        Map<Integer, Integer> taskOfSend = new HashMap<>();
        Tasks sends = stages[from].tasks(forward);
        for (int t = 0; t < sends.size(); t++) {
            taskOfSend.put(sends.send(t), t);
        }
        for (int k = 0; k < receives.length; k++) {
            Integer sender = taskOfSend.get(operations.peer(receives[k]));
            if (sender != null) {
                return sender - (k + older);
            }
        }
        throw new NoPipelineException("no task of one stage receives what the stage before it sent");
    }

    /** How many backwards of the last stage belong to forwards older than the trace. */
    private int backwardsWithoutForward(Direction forward, Direction backward, int last) throws NoPipelineException {
        int[] forwards = ofRound(forward, true, last, forward.rounds() - 1);
        int[] backwards = ofRound(backward, false, last, 0);
        for (int older = 0; older <= backwards.length; older++) {
            int wrong = 0;
            int compared = Math.min(backwards.length - older, forwards.length);
            for (int k = 0; k < compared; k++) {
                boolean late =
                        stages[last].endNs(true, forwards[k]) > stages[last].startNs(false, backwards[k + older]);
                wrong += late ? 1 : 0;
            }
            if (wrong <= compared / 50) {
                return older;
            }
        }
        throw new NoPipelineException("the last stage runs backwards before their forwards");
    }

    private int[] ofRound(Direction direction, boolean forward, int place, int round) {
        return IntStream.range(0, stages[place].tasks(forward).size())
                .filter(t -> direction.round(place, t) == round)
                .toArray();
    }

    private void addTasks(
            List<FoundTask> found, Direction direction, boolean forward, Phase phase, int chunksPerDevice, int shift)
            throws NoPipelineException {
        int places = chain.places();
        for (int place = 0; place < places; place++) {
            Stage stage = stages[place];
            Tasks tasks = stage.tasks(forward);
            int[] receiving = receiving(place, direction, forward);
            int[] receiveOf = new int[tasks.size()];
            Arrays.fill(receiveOf, Operations.NONE);
            int[] receives = stage.receives(forward);
            int older = receives.length == 0 ? 0 : stage.older(forward, receiving);
            for (int k = 0; k < receives.length && k + older < receiving.length; k++) {
                receiveOf[receiving[k + older]] = receives[k];
            }
            for (int t = 0; t < tasks.size(); t++) {
                int round = direction.round(place, t);
                int chunk = (forward ? round : chunksPerDevice - 1 - round) * places + place;
                int microBatch = direction.microBatch(place, t) + shift;
                found.add(new FoundTask(
                        chain.devices().get(place),
                        new Action(phase, chunk, microBatch),
                        stage.startNs(forward, t),
                        stage.endNs(forward, t),
                        tasks.send(t),
                        receiveOf[t]));
            }
        }
    }

    /** The tasks of a stage that receive something: at the chain's beginning those of later rounds alone. */
    private int[] receiving(int place, Direction direction, boolean forward) {
        int first = forward ? 0 : chain.places() - 1;
        int size = stages[place].tasks(forward).size();
        if (place != first) {
            return IntStream.range(0, size).toArray();
        }
        if (direction.rounds() > 1) {
            return IntStream.range(0, size)
                    .filter(t -> direction.round(place, t) > 0)
                    .toArray();
        }
        int fed = stages[place].receives(forward).length;
        return IntStream.range(Math.max(0, size - fed), size).toArray();
    }
}
