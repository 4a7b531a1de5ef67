package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.Tasks;
import io.github.bubbletrace.pipeline.unlabelled.cut.Weights;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What no pipeline does: where tasks do it, they were read wrongly. */
final class ChainChecks {

    /** From this share of tasks on that have the programme of the other phase, neither is one phase. */
    private static final double LEAST_MIXED = 0.1;

    /** Captures cut tasks off, and clocks err. */
    private static final double MOST_WRONG = 0.02;

    /** More kernels of two devices than this share are in no task where a ring is taken for a chain. */
    private static final double MOST_LEFT_OF_TWO = 0.1;

    private ChainChecks() {}

    /** @throws NoPipelineException where tasks contradict each other */
    static void require(
            StageChain chain, Stage[] stages, List<FoundTask> tasks, Operations operations, long toleranceNs)
            throws NoPipelineException {
        requireStages(stages, tasks, operations, toleranceNs);
        requireWholeWay(chain, stages, tasks);
        if (chain.returns() && !Arrays.stream(stages).allMatch(Stage::isAlike)) {
            requireReturns(tasks);
        }
        if (chain.isRing() && !chain.returns()) {
            requireOneBeginning(stages);
        }
        if (chain.places() == 2 && chain.returns()) {
            requireOnePhase(stages[0], stages[1]);
        }
        for (int place = 1; place < stages.length; place++) {
            requireOwnWeights(stages[place], stages[place - 1]);
            requireOwnWeights(stages[place - 1], stages[place]);
        }
        for (Stage stage : stages) {
            if (chain.places() == 2) {
                requireExplained(stage);
            }
            if (chain.places() == 2 && chain.isRing() && !chain.returns()) {
                requireOneProgramme(stage);
            }
        }
    }

    /** The same of stages whatever they are next to. */
    static void requireStages(Stage[] stages, List<FoundTask> tasks, Operations operations, long toleranceNs)
            throws NoPipelineException {
        NamedHops names = NamedHops.of(tasks, operations);
        if (names.compared() - names.same() > MOST_WRONG * names.compared()) {
            throw new NoPipelineException("ranges call " + (names.compared() - names.same()) + " of " + names.compared()
                    + " transfers otherwise than what was computed before and after them");
        }
        requireForwardsFirst(tasks, toleranceNs);
        for (Stage stage : stages) {
            requireOnePhase(stage, stage);
            requireOneAfterAnother(stage, toleranceNs);
        }
    }

    /** Tokens go round from the first stage, where alone something runs before anything has come. */
    private static void requireOneBeginning(Stage[] stages) throws NoPipelineException {
        for (int place = 0; place < stages.length; place++) {
            if (stages[place].beginsByItself(true) != (place == 0)) {
                throw new NoPipelineException(
                        "transfers go round a ring on which no stage alone begins: it is no pipeline,"
                                + " as in context parallelism, or the trace begins in the middle");
            }
        }
    }

    private static void requireForwardsFirst(List<FoundTask> tasks, long toleranceNs) throws NoPipelineException {
        Map<Action, Long> forwardEndNs = new HashMap<>();
        tasks.stream()
                .filter(task -> task.action().phase() == Phase.F)
                .forEach(task -> forwardEndNs.put(task.action(), task.endNs()));
        int wrong = 0;
        int backwards = 0;
        for (FoundTask task : tasks) {
            if (task.action().phase() == Phase.B) {
                Action forward =
                        new Action(Phase.F, task.action().chunk(), task.action().microBatch());
                long ended = forwardEndNs.getOrDefault(forward, Long.MIN_VALUE);
                wrong += ended > task.startNs() + toleranceNs ? 1 : 0;
                backwards++;
            }
        }
        if (wrong > MOST_WRONG * backwards) {
            throw new NoPipelineException("backwards run before the forwards of their micro-batches");
        }
    }

    /**
     * What a micro-batch's last forward is followed by is a backward on every chunk: one that is missing although its device
     * was recorded by then was counted as another micro-batch's.
     */
    private static void requireWholeWay(StageChain chain, Stage[] stages, List<FoundTask> tasks)
            throws NoPipelineException {
        int last = tasks.stream().mapToInt(task -> task.action().chunk()).max().orElse(0);
        Map<Action, Long> endNs = new HashMap<>();
        tasks.forEach(task -> endNs.put(task.action(), task.endNs()));
        for (FoundTask task : tasks) {
            Action own = task.action();
            Action next = new Action(Phase.B, own.chunk() + 1, own.microBatch());
            if (own.phase() == Phase.B && own.chunk() < last && !endNs.containsKey(next)) {
                Stage stage = stages[next.chunk() % chain.places()];
                long turnedNs = endNs.getOrDefault(new Action(Phase.F, last, own.microBatch()), Long.MIN_VALUE);
                if (stage.kernels() > 0 && stage.work().startNs(0) < turnedNs) {
                    throw new NoPipelineException("backwards begin before their gradients came: what no names tell from"
                            + " them, as recomputations, may lie before them");
                }
            }
        }
    }

    /**
     * Where tasks of one phase run different programmes, which chunks of a V do as well, most micro-batches of the first stage
     * must have come back: those of a trace that is cut off do not show that they are no V's.
     */
    private static void requireReturns(List<FoundTask> tasks) throws NoPipelineException {
        Set<Integer> forwards = ofFirst(tasks, Phase.F);
        Set<Integer> backwards = ofFirst(tasks, Phase.B);
        long both = forwards.stream().filter(backwards::contains).count();
        if (2 * both < Math.min(forwards.size(), backwards.size())) {
            throw new NoPipelineException(
                    "tasks of a phase run different programmes, and most forwards are of other micro-batches than backwards");
        }
    }

    private static Set<Integer> ofFirst(List<FoundTask> tasks, Phase phase) {
        return tasks.stream()
                .map(FoundTask::action)
                .filter(action -> action.phase() == phase && action.chunk() == 0)
                .map(Action::microBatch)
                .collect(Collectors.toSet());
    }

    /**
     * Where some forwards of a stage run what backwards of another or the same one run and others do not, transfers do not
     * say the phase.
     */
    private static void requireOnePhase(Stage forwards, Stage backwards) throws NoPipelineException {
        double common = forwards.tasks(true).overlap(forwards.work(), backwards.tasks(false), backwards.work());
        boolean isOne = forwards.tasks(true).likeness(forwards.work()) >= Weights.ALIKE;
        if (common > LEAST_MIXED && (common < 1 - LEAST_MIXED || !isOne)) {
            throw new NoPipelineException("the same kernels run before transfers of forwards and of backwards");
        }
    }

    /** Where weight gradients of a stage, but not its forwards, run what forwards of another one run, those are its forwards. */
    private static void requireOwnWeights(Stage stage, Stage other) throws NoPipelineException {
        Tasks forwards = other.tasks(true);
        double weights = stage.cut().weight().overlap(stage.work(), forwards, other.work());
        if (weights > stage.tasks(true).overlap(stage.work(), forwards, other.work()) + LEAST_MIXED) {
            throw new NoPipelineException("weight gradients of one stage run what forwards of another one run");
        }
    }

    /** Two devices may be a chain or a ring; what is not one leaves kernels over. */
    private static void requireExplained(Stage stage) throws NoPipelineException {
        if (stage.cut().unexplained() > MOST_LEFT_OF_TWO * stage.kernels()) {
            throw new NoPipelineException("the kernels between transfers do not fall into tasks of equal programmes");
        }
    }

    /** Every pass round a ring of two runs the same; else what comes back are gradients. */
    private static void requireOneProgramme(Stage stage) throws NoPipelineException {
        if (stage.tasks(true).likeness(stage.work()) < Weights.ALIKE) {
            throw new NoPipelineException("what goes round between two devices runs different programmes");
        }
    }

    /** Forwards beside backwards on another stream are not cut from each other by what is sent. */
    private static void requireOneAfterAnother(Stage stage, long toleranceNs) throws NoPipelineException {
        int f = 0;
        int wrong = 0;
        int backwards = stage.tasks(false).size();
        for (int b = 0; b < backwards; b++) {
            while (f < stage.tasks(true).size() && stage.endNs(true, f) <= stage.startNs(false, b) + toleranceNs) {
                f++;
            }
            boolean beside =
                    f < stage.tasks(true).size() && stage.startNs(true, f) + toleranceNs < stage.endNs(false, b);
            wrong += beside ? 1 : 0;
        }
        if (wrong > MOST_WRONG * backwards) {
            throw new NoPipelineException("forwards and backwards run side by side");
        }
    }
}
