package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.Tasks;
import io.github.bubbletrace.pipeline.unlabelled.cut.Weights;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads the tasks of a chain whose stages are cut: the k-th task gets the k-th receive, micro-batches count from the first stage. */
final class ChainReader {

    private final StageChain chain;
    private final Stage[] stages;
    private final Operations operations;
    private final long toleranceNs;

    private ChainReader(StageChain chain, Stage[] stages, Traffic traffic, long toleranceNs) {
        this.chain = chain;
        this.stages = stages;
        this.operations = traffic.operations();
        this.toleranceNs = toleranceNs;
    }

    /** The pipeline of {@code chain}, whose stages are cut already. */
    static FoundPipeline read(StageChain chain, Stage[] stages, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        return new ChainReader(chain, stages, traffic, toleranceNs).pipeline();
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
            if (missing > 0 && last == 1 && !isToldByNames(stages[last])) {
                throw new NoPipelineException("two devices that exchange both ways began before the trace did, and"
                        + " nothing tells forwards from backwards");
            }
        }
        requireChunksAlike(forward, true);
        if (backward != null) {
            requireChunksAlike(backward, false);
        }
        List<FoundTask> tasks = new ArrayList<>();
        Phase phase = chain.isRing() && !chain.returns() ? Phase.D : Phase.F;
        addTasks(tasks, forward, true, phase, chunksPerDevice, 0);
        if (backward != null) {
            addTasks(tasks, backward, false, Phase.B, chunksPerDevice, -missing);
            addWeights(tasks, backward, -missing);
            addRecomputed(tasks, backward, chunksPerDevice, -missing);
        }
        ChainChecks.require(chain, stages, tasks, operations, toleranceNs);
        ChainSteps steps = new ChainSteps(chain, stages, operations, toleranceNs);
        List<Integer> devices = chain.devices().stream().distinct().toList();
        return new FoundPipeline(
                devices,
                chunksPerDevice * chain.places() / devices.size(),
                1,
                tasks,
                steps.unexplained(),
                steps.of(tasks));
    }

    private static boolean isToldByNames(Stage stage) {
        return !stage.tasks(true).names(stage.work()).equals(stage.tasks(false).names(stage.work()));
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
        if (several && most > stages[end].tasks(forward).size()) {
            throw new NoPipelineException("stages of a ring run more tasks than the one at which they go no further");
        }
        return new Direction(offset, several ? Rounds.of(isLast(stages[end].tasks(forward))) : Rounds.one(most));
    }

    /** A device runs the same programme for every micro-batch of one of its chunks. */
    private void requireChunksAlike(Direction direction, boolean forward) throws NoPipelineException {
        for (int place = 0; direction.rounds() > 1 && place < chain.places(); place++) {
            Tasks all = stages[place].tasks(forward);
            for (int round = 0; round < direction.rounds(); round++) {
                Tasks own = new Tasks();
                for (int t : ofRound(direction, forward, place, round)) {
                    own.add(all.first(t), all.end(t), all.send(t));
                }
                if (own.size() > 0 && own.likeness(stages[place].work()) < Weights.ALIKE) {
                    throw new NoPipelineException(
                            "a device runs different programmes for the micro-batches of one chunk");
                }
            }
        }
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
        if (chain.devices().get(from).equals(chain.devices().get(to))) {
            requireHandedOver(from, to, forward);
            return 0;
        }
        throw new NoPipelineException("no task of one stage receives what the stage before it sent");
    }

    /** Between two chunks of one device nothing is sent: the k-th task of one takes over what the k-th of the other computed. */
    private void requireHandedOver(int from, int to, boolean forward) throws NoPipelineException {
        int size = Math.min(
                stages[from].tasks(forward).size(), stages[to].tasks(forward).size());
        for (int t = 0; t < size; t++) {
            if (stages[to].startNs(forward, t) + toleranceNs < stages[from].endNs(forward, t)) {
                throw new NoPipelineException("a chunk runs before the chunk before it on the same device");
            }
        }
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
                found.add(
                        stage.found(chain.devices().get(place), new Action(phase, chunk, microBatch), t, receiveOf[t]));
            }
        }
    }

    /** Recomputations are of the chunk and micro-batch of the backward that they lie before. */
    private void addRecomputed(List<FoundTask> found, Direction backward, int chunksPerDevice, int shift) {
        for (int place = 0; place < chain.places(); place++) {
            List<Integer> of = stages[place].cut().recomputed().of();
            for (int t = 0; t < of.size(); t++) {
                int round = chunksPerDevice - 1 - backward.round(place, of.get(t));
                int microBatch = backward.microBatch(place, of.get(t)) + shift;
                Action action = new Action(Phase.R, round * chain.places() + place, microBatch);
                found.add(stages[place].found(chain.devices().get(place), action, t, Operations.NONE));
            }
        }
    }

    /** A weight gradient whose backward is older than the trace counts on from those that are not. */
    private void addWeights(List<FoundTask> found, Direction backward, int shift) throws NoPipelineException {
        for (int place = 0; place < chain.places(); place++) {
            Stage stage = stages[place];
            int[] weighed = stage.weighed();
            for (int t = 0; t < weighed.length; t++) {
                int microBatch = backward.microBatch(place, Math.max(0, weighed[t])) + Math.min(0, weighed[t]);
                found.add(stage.found(
                        chain.devices().get(place),
                        new Action(Phase.W, place, microBatch + shift),
                        t,
                        Operations.NONE));
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
