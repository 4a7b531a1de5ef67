package io.github.bubbletrace.whatif;

import java.util.List;

/**
 * What the fullest device of a plan holds: parameters + activations in flight x activation of a micro-batch. With
 * recomputation in g segments each activation in flight leaves g boundaries, and one segment's activations are there at a
 * time: in flight x g x boundary + activation / g.
 */
final class Memory {

    private final ModelFacts facts;
    private final int recordedChunks;
    private final int recordedStages;

    Memory(ModelFacts facts, Plan recorded) {
        this.facts = facts;
        recordedChunks = recorded.chunksPerDevice();
        recordedStages = recorded.stages();
    }

    /** Bytes on the fullest device, or null where the user did not say what is needed. */
    Long peakBytes(Plan plan, List<Integer> peakInFlight) {
        boolean isKnown = facts.activationBytes() > 0 && (plan.segments() == 0 || facts.boundaryBytes() > 0);
        if (!isKnown || recordedChunks == 0) {
            return null;
        }
        double depth = (double) recordedStages / plan.stages() / plan.width();
        double activation = facts.activationBytes() * plan.size() * depth;
        double boundary = facts.boundaryBytes() * plan.size();
        double most = 0;
        for (int peak : peakInFlight) {
            double inFlight = (double) peak / plan.chunksPerDevice();
            double segment = plan.segments() == 0 ? 0 : activation / plan.chunksPerDevice() / plan.segments();
            double held = plan.segments() == 0 ? inFlight * activation : (peak * plan.segments() * boundary) + segment;
            most = Math.max(most, held);
        }
        return Math.round(facts.parameterBytes() * depth + most);
    }

    /** Whether {@code bytes} are within the limit, or null where either is unknown. */
    Boolean fits(Long bytes) {
        boolean isKnown = bytes != null && facts.limitBytes() > 0;
        return isKnown ? bytes <= facts.limitBytes() : null;
    }
}
