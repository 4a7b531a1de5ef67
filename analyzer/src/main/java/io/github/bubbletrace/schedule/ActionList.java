package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders as PyTorch's pipelining writes them: a line of comma-separated actions for each rank, {@code 0F0,0F1,0I0,0W0}:
 * chunk, letter, micro-batch. I is an input gradient, W a weight gradient, B the whole backward; older files write B, W and
 * BW for these: either way a backward whose W is an action of its own is an input gradient. {@code (0F7;7B3)OVERLAP_F_B} runs two actions side by side. Empty slots and actions that compute nothing
 * (sends, receives, parameter gathering) are left out.
 */
public final class ActionList {

    private static final Pattern ACTION = Pattern.compile("(\\d{1,6})(F|I|B|W|BW|R)(\\d{1,7})");
    private static final Pattern PAIR = Pattern.compile("\\((.+);(.+)\\)OVERLAP_F_B");
    private static final Pattern NO_COMPUTE =
            Pattern.compile("(\\d{1,6})(SEND_F|RECV_F|SEND_B|RECV_B|UNSHARD|RESHARD|REDUCE_GRAD)(\\d{0,7})");

    private final List<List<Action>> orders = new ArrayList<>();
    private final Set<Action> joined = new HashSet<>();

    private ActionList(List<String> lines) {
        for (String line : lines) {
            readLine(line);
        }
    }

    /**
     * The schedule that {@code lines} write, rank by rank. Where a chunk runs on no rank, or on two, that is refused.
     *
     * @param name what to call it in messages
     * @throws IllegalArgumentException where a line cannot be read, saying which one and at what
     */
    public static Schedule read(String name, List<String> lines) {
        List<String> ranks = lines.stream().filter(line -> !line.isBlank()).toList();
        if (ranks.isEmpty()) {
            throw new IllegalArgumentException(name + " has no line with actions");
        }
        return new ActionList(ranks).schedule(name);
    }

    /** One line for each rank; batches of inference are forwards, and drafts, for which there is no letter, are left out. */
    public static List<String> write(Schedule schedule) {
        return write(schedule.orders(), schedule.joined());
    }

    /**
     * One line for each device's order.
     *
     * @param joined the actions that run side by side with the one before them
     */
    public static List<String> write(List<List<Action>> orders, Set<Action> joined) {
        Set<Action> all = new HashSet<>();
        orders.forEach(all::addAll);
        List<String> lines = new ArrayList<>();
        for (List<Action> order : orders) {
            List<String> cells = new ArrayList<>();
            for (Action action : order) {
                if (action.phase() == Phase.S) {
                    continue;
                }
                boolean split = all.contains(new Action(Phase.W, action.chunk(), action.microBatch()));
                String text = ActionText.of(action, split);
                if (joined.contains(action)) {
                    int before = cells.size() - 1;
                    cells.set(before, "(" + cells.get(before) + ";" + text + ")OVERLAP_F_B");
                } else {
                    cells.add(text);
                }
            }
            lines.add(String.join(",", cells));
        }
        return lines;
    }

    private void readLine(String line) {
        List<Action> order = new ArrayList<>();
        int rank = orders.size();
        for (String cell : line.strip().split(",", -1)) {
            String text = cell.strip();
            Matcher pair = PAIR.matcher(text);
            if (pair.matches()) {
                order.add(action(pair.group(1), rank));
                Action second = action(pair.group(2), rank);
                order.add(second);
                joined.add(second);
            } else if (!text.isEmpty() && !NO_COMPUTE.matcher(text).matches()) {
                order.add(action(text, rank));
            }
        }
        orders.add(order);
    }

    private Action action(String text, int rank) {
        Matcher action = ACTION.matcher(text.strip());
        if (!action.matches()) {
            throw new IllegalArgumentException(
                    "rank " + rank + ": '" + text + "' is no action such as 0F3, 0I3, 0W3, 0B3");
        }
        Phase phase = switch (action.group(2)) {
            case "F" -> Phase.F;
            case "W" -> Phase.W;
            case "R" -> Phase.R;
            default -> Phase.B;
        };
        return new Action(phase, Integer.parseInt(action.group(1)), Integer.parseInt(action.group(3)));
    }

    private Schedule schedule(String name) {
        int chunks = 0;
        int most = 1;
        Set<Integer> microBatches = new HashSet<>();
        for (List<Action> order : orders) {
            Set<Integer> own = new HashSet<>();
            for (Action action : order) {
                chunks = Math.max(chunks, action.chunk() + 1);
                own.add(action.chunk());
                microBatches.add(action.microBatch());
            }
            most = Math.max(most, own.size());
        }
        if (microBatches.isEmpty()) {
            throw new IllegalArgumentException(name + " has no action that computes");
        }
        List<Integer> placement = placement(chunks);
        Shape shape = new Shape(orders.size(), most, microBatches.size());
        return new Schedule(name, shape, orders, placement).with(inputs(chunks)).overlapping(joined);
    }

    private List<Integer> placement(int chunks) {
        List<Integer> placement = new ArrayList<>(java.util.Collections.nCopies(chunks, -1));
        for (int rank = 0; rank < orders.size(); rank++) {
            for (Action action : orders.get(rank)) {
                int holder = placement.get(action.chunk());
                if (holder >= 0 && holder != rank) {
                    throw new IllegalArgumentException("rank " + rank + ": chunk " + action.chunk() + " of " + action
                            + " is rank " + holder + "'s");
                }
                placement.set(action.chunk(), rank);
            }
        }
        int missing = placement.indexOf(-1);
        if (missing >= 0) {
            throw new IllegalArgumentException("no rank runs chunk " + missing);
        }
        return placement;
    }

    private Inputs inputs(int chunks) {
        List<Action> all = orders.stream().flatMap(List::stream).toList();
        return new Inputs(chunks, Directions.chain(chunks, orders.size(), all), 0);
    }
}
