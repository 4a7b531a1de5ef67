package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What NCCL's calls send and receive. A group's kernel is launched when the outermost group ends: it does what was called
 * in it; where no range shows a group's start, what was called since the one before it ended.
 */
final class NcclCalls {

    /** No call, or more than one of which none stands for all. */
    static final int NONE = -1;

    /** A stage has a neighbour before it and one after it. */
    private static final int MOST_PEERS = 2;

    /**
     * A group.
     *
     * @param sends the ranges of its sends, in their order
     * @param receives the same of its receives
     */
    private record Group(Direction direction, IntColumn sends, IntColumn receives) {

        IntColumn calls(boolean send) {
            return send ? sends : receives;
        }
    }

    private final Trace trace;
    private final Map<Integer, Group> groups = new HashMap<>();

    /** @param ncclOfThread NCCL's ranges of each thread, by start */
    NcclCalls(Trace trace, Map<Integer, int[]> ncclOfThread) {
        this.trace = trace;
        ncclOfThread.values().forEach(this::addGroups);
    }

    /** What the kernel that is launched in a range does. */
    Direction direction(int range) {
        String call = name(range);
        return call.startsWith("ncclSend")
                ? Direction.SEND
                : call.startsWith("ncclRecv")
                        ? Direction.RECV
                        : groups.containsKey(range) ? groups.get(range).direction() : Direction.UNKNOWN;
    }

    /** The range of the only send, or the only receive, that is launched in a range; {@link #NONE} where there is none. */
    int call(int range, boolean send) {
        if (name(range).startsWith(send ? "ncclSend" : "ncclRecv")) {
            return range;
        }
        return count(range, send) == 1 ? call(range, send, 0) : NONE;
    }

    /** How many sends, or receives, a group does whose kernel is launched in a range. */
    int count(int range, boolean send) {
        Group group = groups.get(range);
        return group == null ? 0 : group.calls(send).size();
    }

    /** The range of one of those, in the order of the calls. */
    int call(int range, boolean send, int number) {
        return groups.get(range).calls(send).get(number);
    }

    private void addGroups(int[] rows) {
        boolean marked = Arrays.stream(rows).anyMatch(row -> name(row).startsWith("ncclGroupStart"));
        int depth = 0;
        IntColumn sends = new IntColumn(MOST_PEERS);
        IntColumn receives = new IntColumn(MOST_PEERS);
        for (int row : rows) {
            String call = name(row);
            boolean inGroup = depth > 0 || !marked;
            if (inGroup && call.startsWith("ncclSend")) {
                sends.add(row);
            } else if (inGroup && call.startsWith("ncclRecv")) {
                receives.add(row);
            } else if (call.startsWith("ncclGroupStart")) {
                depth++;
            } else if (call.startsWith("ncclGroupEnd")) {
                depth = Math.max(0, depth - 1);
                if (depth == 0 && sends.size() + receives.size() > 0) {
                    groups.put(row, new Group(direction(sends.size(), receives.size()), sends, receives));
                    sends = new IntColumn(MOST_PEERS);
                    receives = new IntColumn(MOST_PEERS);
                }
            }
        }
    }

    private static Direction direction(int sends, int receives) {
        if (Math.max(sends, receives) > MOST_PEERS) {
            return Direction.MANY;
        }
        return sends > 0 && receives > 0 ? Direction.BOTH : sends > 0 ? Direction.SEND : Direction.RECV;
    }

    private String name(int range) {
        return trace.strings().get(trace.ranges().text(range));
    }
}
