package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ZB-H1 and ZB-H2 (Qi et al. 2024) with the backward split into input gradient B and weight gradient W. Device r runs a (p
 * - 1 - r) forwards ahead, then a forward and a backward in turn, and after each backward the weight gradient of a r
 * micro-batches before; what is left follows at the end. With a = 1 (H1) the warm-up is 1F1B's and no device holds more
 * than p activations; with a = 2 (H2) it holds up to 2p - 1 and, tf, tb and tw being equal, only the p - 1 slots in which
 * the pipeline fills are idle on the first and drain on the last.
 */
final class ZeroBubbleGenerator implements ScheduleGenerator {

    private final String kind;
    private final int ahead;

    ZeroBubbleGenerator(String kind, int ahead) {
        this.kind = kind;
        this.ahead = ahead;
    }

    @Override
    public Schedule generate(Shape shape) {
        return Schedule.roundRobin(kind, shape, device -> order(shape, device));
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return ScheduleGenerator.onlyChunks(1, kind, shape);
    }

    private List<Action> order(Shape shape, int device) {
        int m = shape.microBatches();
        int warmUp = Math.min(m, ahead * (shape.devices() - 1 - device));
        int lag = Math.min(m, ahead * device);
        List<Action> order = new ArrayList<>();
        for (int mb = 0; mb < warmUp; mb++) {
            order.add(new Action(Phase.F, device, mb));
        }
        for (int mb = 0; mb < m; mb++) {
            if (warmUp + mb < m) {
                order.add(new Action(Phase.F, device, warmUp + mb));
            }
            order.add(new Action(Phase.B, device, mb));
            if (mb >= lag) {
                order.add(new Action(Phase.W, device, mb - lag));
            }
        }
        for (int mb = m - lag; mb < m; mb++) {
            order.add(new Action(Phase.W, device, mb));
        }
        return order;
    }
}
