package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.Tasks;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How sure each step is by which a chain of stages was read. */
final class ChainSteps {

    /** How sure a cut by the shares of other stages is. */
    private static final double BY_SHARE = 0.8;

    /** Of two chunks on a device either may be the one that a weight gradient is of. */
    private static final double EITHER_CHUNK = 0.5;

    /** Backwards run in the order of their forwards or in the opposite one. */
    private static final double EITHER_ORDER = 0.5;

    private final StageChain chain;
    private final Stage[] stages;
    private final Operations operations;
    private final long toleranceNs;

    ChainSteps(StageChain chain, Stage[] stages, Operations operations, long toleranceNs) {
        this.chain = chain;
        this.stages = stages;
        this.operations = operations;
        this.toleranceNs = toleranceNs;
    }

    /** Kernels that are part of no task. */
    int unexplained() {
        return Arrays.stream(stages)
                .mapToInt(stage -> stage.cut().unexplained())
                .sum();
    }

    List<StructureStep> of(List<FoundTask> tasks) {
        List<StructureStep> steps = new ArrayList<>(List.of(stagesStep(), tasksStep()));
        if (Arrays.stream(stages).anyMatch(stage -> stage.cut().weight().size() > 0)) {
            steps.add(weightsStep());
        }
        RecomputedStep.of(stages).ifPresent(steps::add);
        steps.add(microBatchesStep(tasks));
        NamedHops names = NamedHops.of(tasks, operations);
        if (names.compared() > 0) {
            steps.add(namesStep(names));
        }
        return List.copyOf(steps);
    }

    private StructureStep stagesStep() {
        String by = chain.returns()
                ? "who sends to whom; at the last stage what goes back follows what came"
                : chain.isRing()
                        ? "who sends to whom; what the last stage sends to the first starts new work there"
                        : "who sends to whom";
        String folded = chain.isFolded() ? "; chunks follow each other down the devices and up again" : "";
        return new StructureStep("stages", chain.confidence(), by + folded);
    }

    StructureStep tasksStep() {
        boolean byShare = Arrays.stream(stages).anyMatch(stage -> stage.cut().isByShare());
        double kernels = Math.max(
                1,
                Arrays.stream(stages)
                        .map(Stage::work)
                        .distinct()
                        .mapToInt(DeviceWork::size)
                        .sum());
        double explained = 1 - unexplained() / kernels;
        return new StructureStep(
                "tasks",
                byShare ? BY_SHARE * explained : explained,
                byShare
                        ? "kernels between sends; tasks that touch by their shares on other stages"
                        : "kernels between sends, their numbers and names");
    }

    private StructureStep weightsStep() {
        double alike = Arrays.stream(stages)
                .mapToDouble(stage -> stage.cut().weight().likeness(stage.work()))
                .min()
                .orElse(0);
        return chain.isFolded()
                ? new StructureStep(
                        "weights",
                        EITHER_CHUNK * alike,
                        "equal programmes after which nothing is sent; which of a device's chunks each is of shows in the order alone")
                : new StructureStep(
                        "weights", alike, "as many equal programmes as backwards after which nothing is sent");
    }

    static StructureStep namesStep(NamedHops names) {
        return new StructureStep("names", names.agreed(), "ranges that name transfers of forwards and of backwards");
    }

    private StructureStep microBatchesStep(List<FoundTask> tasks) {
        long received = tasks.stream().filter(task -> task.receive() >= 0).count();
        long early = tasks.stream()
                .filter(task -> task.receive() >= 0 && task.startNs() + toleranceNs < operations.endNs(task.receive()))
                .count();
        double sure = 1 - (double) early / Math.max(1, received);
        String by = "the k-th send meets the k-th receive; tasks begin after what they need came";
        return isOrderOpen(stages[stages.length - 1])
                ? new StructureStep(
                        "microBatches",
                        Math.min(EITHER_ORDER, sure),
                        by
                                + "; backwards follow all forwards, and whether in their order or the opposite one shows nowhere")
                : new StructureStep("microBatches", sure, by);
    }

    /** Whether the last stage runs no backward right after the only forward that it can be of. */
    private static boolean isOrderOpen(Stage last) {
        Tasks forward = last.tasks(true);
        Tasks backward = last.tasks(false);
        boolean isOpen = forward.size() > 1 && backward.size() > 1;
        int f = 0;
        for (int b = 0; isOpen && b < backward.size(); b++) {
            int from = f;
            while (f < forward.size() && forward.first(f) < backward.first(b)) {
                f++;
            }
            isOpen = f - from != 1;
        }
        return isOpen;
    }
}
