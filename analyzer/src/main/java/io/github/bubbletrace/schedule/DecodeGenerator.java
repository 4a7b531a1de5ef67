package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Autoregressive decoding: k batches go round, and the first chunk takes batch n once the last chunk has sampled the tokens
 * of batch n - k. Every few batches one may be a prefill instead. With speculation a pass verifies drafted tokens, and a draft
 * model on the last device proposes the next ones before the batch goes round again. vLLM, SGLang and DeepSpeed-Inference run it with as many
 * batches in flight as there are devices.
 */
final class DecodeGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        return Schedule.roundRobin("decode", shape, device -> order(shape, device))
                .with(new Inputs(shape.chunks()).feedingBack(shape.inFlight()));
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return ScheduleGenerator.onlyChunks(1, "decode", shape);
    }

    private static List<Action> order(Shape shape, int device) {
        int every = shape.serving().prefillEvery();
        List<Action> order = new ArrayList<>();
        for (int batch = 0; batch < shape.microBatches(); batch++) {
            boolean prefill = every > 0 && batch % every == 0;
            Phase pass = shape.serving().drafted() > 0 ? Phase.V : Phase.D;
            order.add(new Action(prefill ? Phase.P : pass, device, batch));
            if (shape.serving().drafted() > 0 && device == shape.devices() - 1) {
                order.add(new Action(Phase.S, device, batch));
            }
        }
        return order;
    }
}
