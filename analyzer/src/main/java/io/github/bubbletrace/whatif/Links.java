package io.github.bubbletrace.whatif;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;

/**
 * What passing from chunk to chunk costs in a recorded lane, for chunks that lie elsewhere: a new boundary costs what the
 * nearest recorded boundary between two devices costs the same micro-batch.
 */
final class Links {

    private final List<LaneCosts> steps;
    private final int chunks;

    Links(List<LaneCosts> steps, int chunks) {
        this.steps = steps;
        this.chunks = chunks;
    }

    /**
     * The recorded edge for a new boundary, as its place in {@link LaneCosts}, or -1 where nothing passed between devices.
     *
     * @param step which step
     * @param phase F or B
     * @param boundary where the boundary lies, in recorded chunks from the model's start; a feedback lies at 0
     */
    int edge(int step, Phase phase, double boundary, int place) {
        LaneCosts costs = steps.get(step);
        if (boundary <= 0) {
            int fedBack = costs.edgeInto(phase, 0, place);
            return fedBack >= 0 ? fedBack : anyFeedback(costs, phase, place);
        }
        int nearest = Math.max(1, Math.min(chunks - 1, (int) Math.round(boundary)));
        for (int distance = 0; distance < chunks; distance++) {
            for (int at : new int[] {nearest - distance, nearest + distance}) {
                int edge = at < 1 || at >= chunks ? -1 : costs.edgeInto(phase, phase == Phase.B ? at - 1 : at, place);
                if (edge >= 0) {
                    return edge;
                }
            }
        }
        return -1;
    }

    /** How most transfers are received, given every edge's mode; posted ahead where there is none. */
    static Receive usual(int[] countOfMode) {
        int best = 0;
        for (int mode = 1; mode < countOfMode.length; mode++) {
            best = countOfMode[mode] > countOfMode[best] ? mode : best;
        }
        return Receive.values()[best];
    }

    private static int anyFeedback(LaneCosts costs, Phase phase, int place) {
        for (int later = place + 1; later < costs.microBatches(); later++) {
            int edge = costs.edgeInto(phase, 0, later);
            if (edge >= 0) {
                return edge;
            }
        }
        return -1;
    }
}
