package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The shortest zero-bubble schedule that was found for given task times, transfers and memory, as the automatic scheduling
 * of Qi et al. 2024 does it: forwards during warm-up as far as memory allows, waits filled with weight gradients, many
 * variants played and the best kept. ZB-H1, ZB-H2 and 1F1B with its weight gradients right after the backwards compete
 * where they fit, so it is never worse than these.
 */
public final class AutomaticZeroBubble {

    /** The name on the command line and in documents. */
    public static final String KEY = "zb-auto";

    /** Most tasks that are scheduled: 200,000 took some seconds. */
    public static final int MOST_TASKS = 200_000;

    private static final double[] AHEAD = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1000};
    private static final double[] LATE = {0, 0.25, 0.5, 0.75, 1, 1000};
    private static final double[] GAPS = {0, 0.5, 1};

    private final Shape shape;
    private final TaskTimes times;
    private final long transferNs;
    private final ActivationMemory memory;

    private AutomaticZeroBubble(Shape shape, TaskTimes times, long transferNs, ActivationMemory memory) {
        this.shape = shape;
        this.times = times;
        this.transferNs = transferNs;
        this.memory = memory;
    }

    /**
     * The best schedule found.
     *
     * @param times with a weight gradient of its own
     * @param transferNs how long each edge between two devices takes
     * @throws IllegalArgumentException where there is none of this shape or memory, saying why
     */
    public static Schedule of(Shape shape, TaskTimes times, long transferNs, ActivationMemory memory) {
        refusal(shape, times, memory).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return new AutomaticZeroBubble(shape, times, transferNs, memory).best();
    }

    private static Optional<String> refusal(Shape shape, TaskTimes times, ActivationMemory memory) {
        if (times.weightNs().isEmpty()) {
            return Optional.of(KEY + " needs the time of the weight gradient: its backward is split");
        }
        if (!memory.isFor(shape.devices())) {
            return Optional.of("give one size of activations, or one for each of the " + shape.devices() + " stages");
        }
        return 3L * shape.devices() * shape.microBatches() > MOST_TASKS
                ? Optional.of("more than " + MOST_TASKS + " tasks: give fewer stages or micro-batches to " + KEY)
                : ScheduleGenerator.onlyChunks(1, KEY, shape);
    }

    private Schedule best() {
        List<TimedOrders> candidates = known();
        for (double ahead : AHEAD) {
            for (double late : LATE) {
                for (double gap : GAPS) {
                    for (boolean forwardFirst : new boolean[] {false, true}) {
                        GreedyRules rules = new GreedyRules(ahead, late, gap, forwardFirst);
                        candidates.add(GreedyOrder.of(shape, times, transferNs, memory, rules));
                    }
                }
            }
        }
        TimedOrders best = candidates.stream()
                .min(Comparator.comparingLong(TimedOrders::makespanNs).thenComparingLong(this::held))
                .orElseThrow();
        return schedule(best.orders());
    }

    /** The handmade schedules that fit into the memory. */
    private List<TimedOrders> known() {
        List<TimedOrders> known = new ArrayList<>();
        for (List<List<Action>> orders : List.of(
                ScheduleKind.ZB_H1.generate(shape).orders(),
                ScheduleKind.ZB_H2.generate(shape).orders(),
                withWeights(ScheduleKind.ONE_F_ONE_B.generate(shape)))) {
            if (fits(orders)) {
                known.add(new TimedOrders(orders, Predictor.makespanNs(schedule(orders), times, transferNs)));
            }
        }
        return known;
    }

    private static List<List<Action>> withWeights(Schedule schedule) {
        List<List<Action>> orders = new ArrayList<>();
        for (List<Action> order : schedule.orders()) {
            List<Action> longer = new ArrayList<>();
            for (Action action : order) {
                longer.add(action);
                if (action.phase() == Phase.B) {
                    longer.add(new Action(Phase.W, action.chunk(), action.microBatch()));
                }
            }
            orders.add(longer);
        }
        return orders;
    }

    private boolean fits(List<List<Action>> orders) {
        for (int device = 0; device < orders.size(); device++) {
            if (memory.peak(device, orders.get(device)) > memory.limit()) {
                return false;
            }
        }
        return true;
    }

    private Schedule schedule(List<List<Action>> orders) {
        return new Schedule(KEY, shape, orders, Placements.roundRobin(shape));
    }

    private long held(TimedOrders candidate) {
        long sum = 0;
        for (int device = 0; device < shape.devices(); device++) {
            sum += memory.peak(device, candidate.orders().get(device));
        }
        return sum;
    }
}
