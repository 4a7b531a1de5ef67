package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recognition of orders read off the start times of replays with jitter, as a trace would show them. */
class ReplayedOrdersTest {

    private static final TaskTimes TIMES = new TaskTimes(1_200_000, 1_300_000, OptionalLong.of(900_000));

    @ParameterizedTest
    @EnumSource
    void everyKindIsRecognised(ScheduleKind kind) {
        shapes(kind)
                .forEach(shape -> kind.variants(shape).stream()
                        .filter(ReplayedOrdersTest::finishes)
                        .forEach(variant -> {
                            List<List<Action>> orders = replayed(variant, shape.hashCode());
                            ScheduleVerdict verdict = recognise(orders, all(shape), shape);
                            assertKind(kind, variant, verdict);
                        }));
    }

    @ParameterizedTest
    @EnumSource
    void aTenthOfAdjacentActionsMayBeSwapped(ScheduleKind kind) {
        shapes(kind).forEach(shape -> {
            Schedule schedule = kind.generate(shape);
            if (finishes(schedule)) {
                long seed = shape.hashCode();
                List<List<Action>> orders = replayed(schedule, seed);
                ScheduleVerdict plain = recognise(orders, all(shape), shape);
                ScheduleVerdict verdict = recognise(swapped(orders, seed), all(shape), shape);
                if (!verdict.kind().equals(plain.kind())) {
                    assertThat(shape.microBatches())
                            .as("%s %s %s", kind, shape, verdict)
                            .isLessThan(2 * shape.devices());
                    assertThat(verdict.runnerUp()).isEqualTo(plain.kind());
                    assertThat(verdict.confidence()).isLessThan(0.7);
                }
                if (schedule.actions() >= 40 * shape.devices()) {
                    assertThat(verdict.confidence()).as("%s %s", kind, shape).isLessThan(plain.confidence());
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void threeRanksAreEnough(ScheduleKind kind) {
        shapes(kind).filter(shape -> shape.devices() > 2).forEach(shape -> {
            Schedule schedule = kind.generate(shape);
            if (finishes(schedule)) {
                List<List<Action>> orders = replayed(schedule, shape.hashCode());
                for (List<Integer> three : threes(shape)) {
                    assertNamedInPart(kind, schedule, three, recognisePart(orders, three, shape));
                }
            }
        });
    }

    /** All of a short pipeline, of a long one some. */
    private static List<List<Integer>> threes(Shape shape) {
        int last = shape.devices() - 1;
        if (last > 4) {
            return List.of(
                    List.of(0, 1, 2),
                    List.of(0, last / 2, last),
                    List.of(1, last / 2, last - 1),
                    List.of(last - 2, last - 1, last));
        }
        List<List<Integer>> threes = new ArrayList<>();
        for (int a = 0; a <= last; a++) {
            for (int b = a + 1; b <= last; b++) {
                for (int c = b + 1; c <= last; c++) {
                    threes.add(List.of(a, b, c));
                }
            }
        }
        return threes;
    }

    /** Where just the last rank is missing only the times tell, as the simulated runs test. */
    private static ScheduleVerdict recognisePart(List<List<Action>> orders, List<Integer> ranks, Shape shape) {
        List<List<Action>> present = ranks.stream().map(orders::get).toList();
        boolean open = ranks.get(2) == shape.devices() - 2;
        Set<RecordedOrders.Trait> traits = open ? Set.of(RecordedOrders.Trait.OPEN_END) : Set.of();
        return Recogniser.recognise(
                new RecordedOrders(ranks, shape.chunksPerDevice(), List.of(present), traits), "ranges");
    }

    /** Another kind may be named only where it has the same orders on these ranks. */
    private static void assertNamedInPart(
            ScheduleKind kind, Schedule schedule, List<Integer> ranks, ScheduleVerdict verdict) {
        String named = kind + " " + schedule.shape() + " ranks " + ranks + " " + verdict;
        assertThat(verdict.kind()).as(named).isNotEqualTo("other");
        assertThat(verdict.firstDisagreement()).as(named).isNull();
    }

    private static void assertKind(ScheduleKind kind, Schedule schedule, ScheduleVerdict verdict) {
        String named = kind + " " + schedule.shape() + " " + verdict;
        if (!verdict.kind().equals(kind.key())) {
            ScheduleKind other = ScheduleKind.of(verdict.kind()).orElseThrow(() -> new AssertionError(named));
            assertThat(other.variants(schedule.shape()))
                    .as(named)
                    .anyMatch(variant -> variant.orders().equals(schedule.orders()));
        }
        assertThat(verdict.firstDisagreement()).as(named).isNull();
    }

    private static Stream<Shape> shapes(ScheduleKind kind) {
        Random random = Seeds.random(kind.ordinal());
        Stream<Shape> drawn = ClosedFormsTest.shapes().stream()
                .filter(shape -> shape.microBatches() == 1)
                .map(shape -> new Shape(shape.devices(), shape.chunksPerDevice(), 1 + random.nextInt(64)));
        return Stream.concat(ClosedFormsTest.shapes().stream(), drawn)
                .filter(shape -> kind.refusal(shape).isEmpty() && !kind.isAlias(shape));
    }

    private static boolean finishes(Schedule schedule) {
        try {
            ScheduleGraph.of(schedule, Receive.PREPOSTED);
            return true;
        } catch (IllegalArgumentException shorterLastGroup) {
            return false;
        }
    }

    private static List<Integer> all(Shape shape) {
        return IntStream.range(0, shape.devices()).boxed().toList();
    }

    private static ScheduleVerdict recognise(List<List<Action>> orders, List<Integer> ranks, Shape shape) {
        List<List<Action>> present = ranks.stream().map(orders::get).toList();
        return Recogniser.recognise(new RecordedOrders(ranks, shape.chunksPerDevice(), List.of(present)), "ranges");
    }

    private static List<List<Action>> replayed(Schedule schedule, long seed) {
        Random random = Seeds.random(seed);
        ScheduleGraph graph = ScheduleGraph.of(schedule, Receive.PREPOSTED);
        long[] durations = graph.durationsNs(TIMES);
        Arrays.setAll(durations, task -> Math.round(durations[task] * Math.max(0.1, 1 + 0.2 * random.nextGaussian())));
        long[] lags = new long[graph.graph().edges()];
        long[] delays = new long[graph.graph().blocks()];
        Arrays.setAll(delays, block -> random.nextInt(50_000));
        Replay replay = Replay.of(graph.graph(), durations, lags, delays);
        List<List<Integer>> tasks = new ArrayList<>();
        for (int device = 0; device < schedule.shape().devices(); device++) {
            tasks.add(new ArrayList<>());
        }
        for (int task = 0; task < durations.length; task++) {
            tasks.get(graph.graph().deviceOf(graph.graph().blockOf(task))).add(task);
        }
        return tasks.stream()
                .map(list -> list.stream()
                        .sorted(Comparator.comparingLong((Integer task) -> replay.taskStartNs(task))
                                .thenComparing(task -> graph.action(task).toString()))
                        .map(graph::action)
                        .toList())
                .toList();
    }

    private static List<List<Action>> swapped(List<List<Action>> orders, long seed) {
        Random random = Seeds.random(seed);
        List<List<Action>> swapped = new ArrayList<>();
        for (List<Action> order : orders) {
            List<Action> copy = new ArrayList<>(order);
            for (int i = 0; i < order.size() / 10; i++) {
                int at = random.nextInt(copy.size() - 1);
                Collections.swap(copy, at, at + 1);
            }
            swapped.add(copy);
        }
        return swapped;
    }
}
