package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.cut.Cut;
import io.github.bubbletrace.pipeline.unlabelled.cut.ForwardAgain;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.ProgrammeCutter;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.TaskCutter;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tasks of the only device in a trace, whose transfers go to devices that are missing. Between other stages it sends
 * what forwards and what backwards made, which programmes tell apart; as the first it computes before anything came, as the
 * last it sends what backwards made alone.
 */
final class LoneStage {

    /** Nothing shows how many stages there are, nor how many chunks the device holds. */
    private static final double ALONE = 0.5;

    private static final String MIDDLE = "one device alone: stages before and after it are missing";
    private static final String FIRST = "one device alone: it is the first stage, those after it are missing";
    private static final String LAST = "one device alone: it is the last stage, those before it are missing";

    private final DeviceWork work;
    private final Operations operations;
    private final long toleranceNs;
    private final int[] sends;
    private final int[] none = {};
    private final int received;
    private String place = MIDDLE;

    private LoneStage(DeviceWork work, Operations operations, long toleranceNs) {
        this.work = work;
        this.operations = operations;
        this.toleranceNs = toleranceNs;
        sends = sends(operations);
        received = operations.size() - sends.length;
    }

    /** The pipeline that the device is part of, as far as it shows. */
    static FoundPipeline read(DeviceWork work, int device, Operations operations, long toleranceNs)
            throws NoPipelineException {
        LoneStage lone = new LoneStage(work, operations, toleranceNs);
        Stage[] stages = {new Stage(work, operations, lone.none, lone.none, lone.cut(), toleranceNs)};
        List<FoundTask> tasks = new ArrayList<>();
        add(tasks, device, stages[0]);
        StageChain chain = new StageChain(List.of(device), false, true, ALONE);
        ChainChecks.require(chain, stages, tasks, operations, toleranceNs);
        ChainSteps steps = new ChainSteps(chain, stages, operations, toleranceNs);
        List<StructureStep> found =
                new ArrayList<>(List.of(new StructureStep("stages", ALONE, lone.place), steps.tasksStep()));
        RecomputedStep.of(stages).ifPresent(found::add);
        found.add(new StructureStep(
                "microBatches", ALONE, "the k-th forward and backward; several chunks on the device count as more"));
        return new FoundPipeline(chain.devices(), 1, 1, tasks, steps.unexplained(), List.copyOf(found));
    }

    private Cut cut() throws NoPipelineException {
        return ForwardAgain.parted(work, isNamed() ? byNames() : byProgrammesOrOrder());
    }

    private boolean isNamed() {
        return IntStream.range(0, operations.size()).noneMatch(row -> operations.hop(row) == Hop.UNSAID);
    }

    private Cut byNames() throws NoPipelineException {
        SendGroups groups = new SendGroups(work, operations, sends(Hop.FORWARD), sends(Hop.BACKWARD));
        int activations = received(Hop.FORWARD);
        int gradients = received(Hop.BACKWARD);
        int silent = Math.abs(activations - gradients);
        place = activations == 0 ? FIRST : gradients == 0 ? LAST : MIDDLE;
        Phase phase = activations > gradients ? Phase.F : Phase.B;
        return new TaskCutter(work, groups, place.equals(MIDDLE) ? 0 : silent, phase).byCounts();
    }

    private int[] sends(Hop hop) {
        return Arrays.stream(sends).filter(row -> operations.hop(row) == hop).toArray();
    }

    private int received(Hop hop) {
        return (int) IntStream.range(0, operations.size())
                .filter(row -> operations.role(row) == Operations.Role.RECEIVE && operations.hop(row) == hop)
                .count();
    }

    private Cut byProgrammesOrOrder() throws NoPipelineException {
        Cut mixed = byProgrammes();
        if (startsBeforeReceives()) {
            if (mixed != null && mixed.backward().sends() > 0) {
                throw new NoPipelineException("it runs several chunks of which no other device shows the order");
            }
            place = FIRST;
            return new TaskCutter(work, new SendGroups(work, operations, sends, none), received, Phase.B).byCounts();
        }
        int tasks =
                mixed == null ? 0 : mixed.forward().size() + mixed.backward().size();
        if (mixed != null && Math.abs(received - tasks) <= KernelCounts.CUT_OFF) {
            return mixed;
        }
        place = LAST;
        return new TaskCutter(work, new SendGroups(work, operations, none, sends), received, Phase.F).byCounts();
    }

    /** Forwards and backwards by their programmes, or null where those do not tell. */
    private Cut byProgrammes() {
        try {
            return ProgrammeCutter.cut(work, new SendGroups(work, operations, sends, none));
        } catch (NoPipelineException e) {
            return null;
        }
    }

    private boolean startsBeforeReceives() {
        long first = Long.MAX_VALUE;
        for (int row = 0; row < operations.size(); row++) {
            first = operations.role(row) == Operations.Role.RECEIVE ? Math.min(first, operations.endNs(row)) : first;
        }
        return work.startNs(0) + toleranceNs < first;
    }

    private static int[] sends(Operations operations) {
        return operations.byStart(
                IntStream.range(0, operations.size()).filter(row -> operations.role(row) == Operations.Role.SEND));
    }

    private static void add(List<FoundTask> tasks, int device, Stage stage) {
        for (Phase phase : List.of(Phase.F, Phase.B)) {
            for (int t = 0; t < stage.cut().tasks(phase).size(); t++) {
                tasks.add(stage.found(device, new Action(phase, 0, t), t, Operations.NONE));
            }
        }
        stage.addRecomputed(tasks, device, 0);
    }
}
