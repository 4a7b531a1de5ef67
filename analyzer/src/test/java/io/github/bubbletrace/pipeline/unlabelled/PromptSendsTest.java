package io.github.bubbletrace.pipeline.unlabelled;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Role;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two stages that exchange an output for a gradient: device 0 has computed the output at 1 ms and device 1 the gradient at
 * 0.5 ms; both go on at 2 ms. Of either device's two kernels either may be the send.
 */
class PromptSendsTest {

    private static final long MS = 1_000_000;

    private final Operations operations = new Operations();
    private final List<FoundTask> tasks = new ArrayList<>();

    private int add(int device, Role role, long startNs, long endNs) {
        return operations.add(device, role, startNs, endNs, LaneWork.UNKNOWN);
    }

    private void task(int device, Phase phase, int microBatch, long startNs, long endNs, int send, int receive) {
        Action action = new Action(phase, device, microBatch);
        tasks.add(new FoundTask(device, action, startNs, endNs, LaneWork.UNKNOWN, send, receive));
    }

    /** The output leaves and the gradient leaves at these moments; the receives of the other one start at those. */
    private FoundPipeline exchange(long outputNs, long outputAwaitedNs, long gradientNs, long gradientAwaitedNs) {
        int output = add(0, Role.SEND, outputNs, 2 * MS);
        int brought = add(1, Role.RECEIVE, outputAwaitedNs, 2 * MS);
        int gradient = add(1, Role.SEND, gradientNs, 2 * MS);
        int back = add(0, Role.RECEIVE, gradientAwaitedNs, 2 * MS);
        operations.join(output, brought);
        operations.join(gradient, back);
        task(0, Phase.F, 1, 0, MS, output, Operations.NONE);
        task(1, Phase.B, 0, 0, MS / 2, gradient, Operations.NONE);
        task(0, Phase.B, 0, 2 * MS, 3 * MS, Operations.NONE, back);
        task(1, Phase.F, 1, 2 * MS, 3 * MS, Operations.NONE, brought);
        return new FoundPipeline(List.of(0, 1), 1, 1, tasks, 0, List.of());
    }

    @Test
    void sendsThatStartWhenTheirOutputIsThereAreSends() {
        FoundPipeline pipeline = exchange(MS, 3 * MS / 2, MS / 2, MS);
        assertThatCode(() -> PromptSends.require(pipeline, operations, 0)).doesNotThrowAnyException();
    }

    @Test
    void theOtherWayRoundIsRefused() {
        FoundPipeline pipeline = exchange(MS, MS / 2, 3 * MS / 2, MS);
        assertThatThrownBy(() -> PromptSends.require(pipeline, operations, 0))
                .isInstanceOf(NoPipelineException.class)
                .hasMessageContaining("taken for receives");
    }

    /** One after the other on one host. */
    @Test
    void aMomentLaterIsAsGood() {
        FoundPipeline pipeline = exchange(MS, MS / 2, MS / 2 + 30_000, MS);
        assertThatCode(() -> PromptSends.require(pipeline, operations, 0)).doesNotThrowAnyException();
    }

    /** A receive that was posted before anything was computed can be no send, however late the send is. */
    @Test
    void aReceiveThatWasPostedAheadIsNoSend() {
        FoundPipeline pipeline = exchange(MS, MS / 4, 3 * MS / 2, MS / 2);
        assertThatCode(() -> PromptSends.require(pipeline, operations, 0)).doesNotThrowAnyException();
    }
}
