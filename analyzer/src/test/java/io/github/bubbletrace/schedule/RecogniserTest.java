package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.ScheduleDetails;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecogniserTest {

    private static final ScheduleDetails FOUR_STAGES = new ScheduleDetails(4, null, null);

    @ParameterizedTest
    @EnumSource
    void everyGeneratedOrderIsRecognised(ScheduleKind kind) {
        for (Shape shape : ClosedFormsTest.shapes()) {
            if (kind.isAlias(shape)) {
                continue;
            }
            for (Schedule variant : kind.variants(shape)) {
                ScheduleVerdict verdict = recognise(shape, variant.orders());
                String named = kind + " " + shape + " " + verdict;
                if (!verdict.kind().equals(kind.key())) {
                    assertThat(verdict.runnerUp()).as(named).isNotNull();
                    assertThat(isAmongVariants(verdict.kind(), variant))
                            .as(named)
                            .isTrue();
                    assertThat(verdict.confidence()).as(named).isLessThanOrEqualTo(0.5);
                } else if (!kind.isForwardOnly() && shape.microBatches() > 1) {
                    assertThat(verdict.confidence()).as(named).isGreaterThanOrEqualTo(0.5);
                }
                assertThat(verdict.firstDisagreement()).as(named).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTenthOfTheActionsMayHaveChangedPlacesWithANeighbour(ScheduleKind kind) {
        for (Shape shape : ClosedFormsTest.shapes()) {
            if (kind.refusal(shape).isPresent() || kind.isAlias(shape) || shape.microBatches() < 2 * shape.devices()) {
                continue;
            }
            long seed = shape.hashCode();
            ScheduleVerdict verdict = recognise(shape, swapped(kind.generate(shape), seed));
            assertThat(verdict.kind()).as("%s %s seed %d", kind, shape, seed).isEqualTo(kind.key());
        }
    }

    @Test
    void withOneMicroBatchTheKindIsNaiveAndTheRunnerUpNamesTheEqualOne() {
        Shape shape = new Shape(4, 1, 1);
        ScheduleVerdict verdict =
                recognise(shape, ScheduleKind.ONE_F_ONE_B.generate(shape).orders());
        assertThat(verdict).isEqualTo(new ScheduleVerdict("naive", 0.5, "gpipe", null, "ranges", FOUR_STAGES));
    }

    @Test
    void forwardOrdersCouldBeDecode() {
        Shape shape = new Shape(4, 1, 8);
        ScheduleVerdict verdict =
                recognise(shape, ScheduleKind.FORWARD.generate(shape).orders());
        assertThat(verdict).isEqualTo(new ScheduleVerdict("forward", 1.0, "decode", null, "ranges", FOUR_STAGES));
    }

    @Test
    void theFirstDisagreementSaysWhatWasRecordedAndWhatTheKindHas() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = mutable(ScheduleKind.ONE_F_ONE_B.generate(shape));
        Collections.swap(orders.get(2), 3, 4);
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("1f1b");
        assertThat(verdict.runnerUp()).isEqualTo("naive");
        assertThat(verdict.firstDisagreement()).isEqualTo("rank 12, position 3: recorded 2B1, 1f1b has 2F2");
    }

    @Test
    void anOrderThatEndsEarlyDisagreesWhereItEnds() {
        Shape shape = new Shape(2, 1, 4);
        List<List<Action>> orders = mutable(ScheduleKind.GPIPE.generate(shape));
        orders.get(1).remove(7);
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("gpipe");
        assertThat(verdict.firstDisagreement()).isEqualTo("rank 11, position 7: recorded nothing, gpipe has 1B3");
    }

    @Test
    void separateWeightGradientsAreNoneOfTheKinds() {
        Shape shape = new Shape(4, 1, 16);
        List<List<Action>> orders = mutable(ScheduleKind.ONE_F_ONE_B.generate(shape));
        orders.get(0).add(new Action(Phase.W, 0, 15));
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("other");
        assertThat(verdict.runnerUp()).isEqualTo("1f1b");
    }

    @Test
    void aWarmUpOneForwardLongerIsNot1F1B() {
        Shape shape = new Shape(4, 1, 32);
        MicroBatchGroups groups = new MicroBatchGroups(shape, 4);
        List<List<Action>> orders = IntStream.range(0, 4)
                .mapToObj(device -> groups.warmedUp(device, 4 - device))
                .toList();
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("other");
        assertThat(verdict.confidence()).isBetween(0.3, 0.6);
        assertThat(verdict.runnerUp()).isNotNull();
        assertThat(verdict.firstDisagreement()).startsWith("rank 10, position ");
    }

    @Test
    void recomputationAndForeignNumbersDoNotMatter() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = new ArrayList<>();
        for (List<Action> order : ScheduleKind.ONE_F_ONE_B.generate(shape).orders()) {
            List<Action> renumbered = new ArrayList<>();
            for (Action action : order) {
                if (action.phase() == Phase.B) {
                    renumbered.add(new Action(Phase.R, action.chunk(), 100 + 2 * action.microBatch()));
                }
                renumbered.add(new Action(action.phase(), action.chunk(), 100 + 2 * action.microBatch()));
            }
            orders.add(renumbered);
        }
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("1f1b");
        assertThat(verdict.firstDisagreement()).isNull();
        assertThat(verdict.details().recomputation()).isEqualTo("full");
    }

    @Test
    void aRecomputationAtAnotherPlaceIsCompared() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = mutable(Recomputation.of(ScheduleKind.ONE_F_ONE_B.generate(shape)));
        Collections.swap(orders.get(1), 3, 4);
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("1f1b");
        assertThat(verdict.firstDisagreement()).isEqualTo("rank 11, position 3: recorded 1B0, 1f1b has 1R0");
    }

    @Test
    void recomputationsOfSomeBackwardsArePartial() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = mutable(Recomputation.of(ScheduleKind.ONE_F_ONE_B.generate(shape)));
        orders.get(3).removeIf(action -> action.phase() == Phase.R);
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.details().recomputation()).isEqualTo("partial");
        assertThat(verdict.firstDisagreement()).isNull();
    }

    @Test
    void recomputationsInOtherWaitsAreElsewhereAndNotCompared() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = new ArrayList<>();
        for (List<Action> order : ScheduleKind.ONE_F_ONE_B.generate(shape).orders()) {
            List<Action> longer = new ArrayList<>();
            for (Action action : order) {
                longer.add(action);
                if (action.phase() == Phase.F) {
                    longer.add(new Action(Phase.R, action.chunk(), action.microBatch()));
                }
            }
            orders.add(longer);
        }
        orders.get(3).removeIf(action -> action.phase() == Phase.R);
        ScheduleVerdict verdict = recognise(shape, orders);
        assertThat(verdict.kind()).isEqualTo("1f1b");
        assertThat(verdict.details().recomputation()).isEqualTo("elsewhere");
        assertThat(verdict.firstDisagreement()).isNull();
    }

    @Test
    void onlyAFlushOrItsLackTells1F1BFromPipeDream() {
        Shape shape = new Shape(4, 1, 8);
        List<List<Action>> orders = ScheduleKind.PIPEDREAM.generate(shape).orders();
        List<Integer> ranks = List.of(0, 1, 2, 3);
        RecordedOrders one = new RecordedOrders(ranks, 1, List.of(orders));
        RecordedOrders two = new RecordedOrders(ranks, 1, List.of(orders, orders));
        RecordedOrders run = new RecordedOrders(ranks, 1, List.of(orders), Set.of(RecordedOrders.Trait.NO_FLUSH));
        assertThat(Recogniser.recognise(one, "ranges").kind()).isEqualTo("1f1b");
        assertThat(Recogniser.recognise(one, "ranges").runnerUp()).isEqualTo("pipedream");
        assertThat(Recogniser.recognise(two, "ranges").runnerUp()).isNotEqualTo("pipedream");
        assertThat(Recogniser.recognise(run, "ranges").kind()).isEqualTo("pipedream");
        assertThat(Recogniser.recognise(run, "ranges").runnerUp()).isEqualTo("1f1b");
    }

    @Test
    void nothingRecordedIsNoKind() {
        ScheduleVerdict verdict = Recogniser.recognise(new RecordedOrders(List.of(0), 1, List.of()), "ranges");
        assertThat(verdict).isEqualTo(new ScheduleVerdict("other", 0, null, null, "ranges"));
    }

    /** Ranks are not the devices' places, so that a message that mixes them up is found. */
    private static ScheduleVerdict recognise(Shape shape, List<List<Action>> orders) {
        List<Integer> ranks = IntStream.range(10, 10 + shape.devices()).boxed().toList();
        return Recogniser.recognise(
                new RecordedOrders(ranks, shape.chunksPerDevice(), List.of(orders, orders)), "ranges");
    }

    private static boolean isAmongVariants(String kind, Schedule schedule) {
        return ScheduleKind.of(kind).orElseThrow().variants(schedule.shape()).stream()
                .anyMatch(variant -> variant.orders().equals(schedule.orders()));
    }

    private static List<List<Action>> swapped(Schedule schedule, long seed) {
        Random random = Seeds.random(seed);
        List<List<Action>> orders = mutable(schedule);
        int swaps = schedule.actions() / 10;
        for (int i = 0; i < swaps; i++) {
            List<Action> order = orders.get(random.nextInt(orders.size()));
            int at = random.nextInt(order.size() - 1);
            Collections.swap(order, at, at + 1);
        }
        return orders;
    }

    private static List<List<Action>> mutable(Schedule schedule) {
        List<List<Action>> orders = new ArrayList<>();
        schedule.orders().forEach(order -> orders.add(new ArrayList<>(order)));
        return orders;
    }
}
