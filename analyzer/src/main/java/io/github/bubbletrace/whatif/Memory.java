package io.github.bubbletrace.whatif;

import java.util.Arrays;
import java.util.List;

/**
 * What the fullest device of a plan holds: parameters + activations in flight x activation of a micro-batch. With
 * recomputation in g segments each activation in flight leaves g boundaries, and one segment's activations are there at a
 * time: in flight x g x boundary + activation / g. What the user tells comes before what allocations in the trace say.
 */
final class Memory {

    private final ModelFacts facts;
    private final int recordedChunks;
    private final double[] baseOfStage;
    private final double[] activationOfStage;

    Memory(ModelFacts facts, Plan recorded, MeasuredMemory measured) {
        this.facts = facts;
        recordedChunks = recorded.chunksPerDevice();
        baseOfStage = new double[recorded.stages()];
        activationOfStage = new double[recorded.stages()];
        boolean isTold = facts.activationBytes() > 0;
        if (isTold || measured.isComplete()) {
            Arrays.setAll(activationOfStage, s -> isTold ? facts.activationBytes() : measured.activationBytes(s));
            Arrays.setAll(
                    baseOfStage,
                    s -> isTold || facts.parameterBytes() > 0 ? facts.parameterBytes() : measured.baseBytes(s));
        }
    }

    /** Bytes on the fullest device, or null where neither the user nor the trace says what is needed. */
    Long peakBytes(Plan plan, List<Integer> peakInFlight) {
        boolean isKnown = Arrays.stream(activationOfStage).allMatch(bytes -> bytes > 0)
                && (plan.segments() == 0 || facts.boundaryBytes() > 0);
        if (!isKnown || recordedChunks == 0 || activationOfStage.length == 0) {
            return null;
        }
        double depth = (double) activationOfStage.length / plan.stages() / plan.width();
        double boundary = facts.boundaryBytes() * plan.size();
        double most = 0;
        for (int stage = 0; stage < peakInFlight.size(); stage++) {
            double peak = peakInFlight.get(stage);
            double activation = of(activationOfStage, stage, plan) * plan.size() * depth / plan.chunksPerDevice();
            double held = plan.segments() == 0
                    ? peak * activation
                    : peak * plan.segments() * boundary + activation / plan.segments();
            most = Math.max(most, of(baseOfStage, stage, plan) * depth + held);
        }
        return Math.round(most);
    }

    /** A stage's own, or where the plan has other stages the mean of the recorded ones. */
    private static double of(double[] ofStage, int stage, Plan plan) {
        return plan.stages() == ofStage.length
                ? ofStage[stage]
                : Arrays.stream(ofStage).average().orElse(0);
    }

    /** Whether {@code bytes} are within the limit, or null where either is unknown. */
    Boolean fits(Long bytes) {
        boolean isKnown = bytes != null && facts.limitBytes() > 0;
        return isKnown ? bytes <= facts.limitBytes() : null;
    }
}
