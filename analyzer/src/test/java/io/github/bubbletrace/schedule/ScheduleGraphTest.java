package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.bubbletrace.replay.Receive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleGraphTest {

    @Test
    void anOrderThatCannotFinishIsRefusedWithWhatItWaitsFor() {
        Action forward0 = new Action(Phase.F, 0, 0);
        Action backward0 = new Action(Phase.B, 0, 0);
        Action forward1 = new Action(Phase.F, 1, 0);
        Action backward1 = new Action(Phase.B, 1, 0);
        Schedule stuck = new Schedule(
                "mine",
                new Shape(2, 1, 1),
                List.of(List.of(backward0, forward0), List.of(forward1, backward1)),
                List.of(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(stuck, Receive.PREPOSTED))
                .withMessage("mine with 2 stages, 1 chunks per device and 1 micro-batches can never finish: "
                        + "rank 0 is stuck at 0B0, which waits for 0F0 of rank 0");
    }

    @Test
    void aMissingActionIsRefusedWithWhatWaitsForIt() {
        Schedule whole = ScheduleKind.ONE_F_ONE_B.generate(new Shape(4, 1, 4));
        List<List<Action>> orders = new ArrayList<>(whole.orders());
        orders.set(
                2,
                orders.get(2).stream()
                        .filter(action -> !action.equals(new Action(Phase.B, 2, 1)))
                        .toList());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(whole.with(orders), Receive.PREPOSTED))
                .withMessageEndingWith("rank 1 is stuck at 1B1, which waits for 2B1, which no rank runs");
    }

    /** The rank at fault is named, not the first that waits for it. */
    @Test
    void aBackwardBeforeItsForwardIsRefusedOnItsOwnRank() {
        Schedule whole = ScheduleKind.ZB_H1.generate(new Shape(4, 1, 8));
        List<List<Action>> orders = new ArrayList<>(whole.orders());
        List<Action> third = new ArrayList<>(orders.get(2));
        Collections.swap(third, 0, third.indexOf(new Action(Phase.B, 2, 0)));
        orders.set(2, third);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(whole.with(orders), Receive.PREPOSTED))
                .withMessageEndingWith("rank 2 is stuck at 2B0, which waits for 2F0 of rank 2");
    }

    @ParameterizedTest
    @EnumSource
    void everyGeneratedOrderFinishes(ScheduleKind kind) {
        for (Shape shape : ClosedFormsTest.shapes()) {
            if (kind == ScheduleKind.INTERLEAVED && shape.microBatches() % shape.devices() != 0) {
                continue;
            }
            for (Schedule schedule : kind.variants(shape)) {
                for (Receive receive : Receive.values()) {
                    boolean ring =
                            shape.chunksPerDevice() > 1 || kind == ScheduleKind.DECODE || kind == ScheduleKind.ZB_H2;
                    if (receive != Receive.BLOCKING || !ring) {
                        assertThatNoException()
                                .as("%s %s", kind, shape)
                                .isThrownBy(() -> ScheduleGraph.of(schedule, receive));
                    }
                }
            }
        }
    }

    /** ZB-H2 sends forwards and gradients across each other, so it cannot run with sends that wait either. */
    @Test
    void blockingTransfersThatCrossAreRefused() {
        Schedule crossing = ScheduleKind.ZB_H2.generate(new Shape(2, 1, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(crossing, Receive.BLOCKING))
                .withMessageContaining("blocking transfers that wait for each other");
    }

    /** With several chunks the transfers form a ring; a ring of senders that all wait for their receivers stops. */
    @Test
    void blockingTransfersAroundARingAreRefused() {
        Schedule ring = ScheduleKind.GPIPE.generate(new Shape(2, 2, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(ring, Receive.BLOCKING))
                .withMessageEndingWith(
                        "rank 0 is stuck at 0F3, which waits for blocking transfers that wait for each other");
    }

    /** The shorter last group of interleaved 1F1B finishes for some shapes only; a device never runs into a dead end. */
    @Test
    void aShorterLastGroupFinishesOrIsRefused() {
        assertThatNoException()
                .isThrownBy(() ->
                        ScheduleGraph.of(ScheduleKind.INTERLEAVED.generate(new Shape(4, 2, 5)), Receive.PREPOSTED));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ScheduleGraph.of(ScheduleKind.INTERLEAVED.generate(new Shape(5, 3, 16)), Receive.PREPOSTED))
                .withMessageEndingWith("rank 0 is stuck at 10F15, which waits for 9F15 of rank 4");
    }

    @Test
    void onlyInputsFromOtherDevicesAreTransfers() {
        ScheduleGraph graph = ScheduleGraph.of(ScheduleKind.INTERLEAVED.generate(new Shape(2, 1, 2)), Receive.BLOCKING);
        for (int edge = 0; edge < graph.graph().edges(); edge++) {
            assertThat(graph.graph().isBlocking(edge)).isEqualTo(graph.isTransfer(edge));
        }
    }

    @Test
    void anActionOnADeviceThatDoesNotHoldItsChunkIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule(
                        "mine",
                        new Shape(2, 1, 1),
                        List.of(List.of(new Action(Phase.F, 1, 0)), List.of()),
                        List.of(0, 1)))
                .withMessageContaining("rank 0: 1F0");
    }
}
