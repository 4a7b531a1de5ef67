package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.TransferOps.Direction;
import io.github.bubbletrace.trace.Trace;
import java.util.HashMap;
import java.util.Map;

/**
 * What NCCL's calls send and receive. A group's kernel is launched when the outermost group ends: it does what was called
 * since the one before it ended.
 */
final class NcclCalls {

    /** No call, or more than one of which none stands for all. */
    static final int NONE = -1;

    /** A stage has a neighbour before it and one after it. */
    private static final int MOST_PEERS = 2;

    /**
     * A group.
     *
     * @param send the range of its only send, or {@link #NONE}
     * @param receive the same of its only receive
     */
    private record Group(Direction direction, int send, int receive) {}

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
        Group group = groups.get(range);
        return group == null ? NONE : send ? group.send() : group.receive();
    }

    private void addGroups(int[] rows) {
        int depth = 0;
        int sends = 0;
        int receives = 0;
        int send = NONE;
        int receive = NONE;
        for (int row : rows) {
            String call = name(row);
            if (call.startsWith("ncclSend")) {
                send = sends++ == 0 ? row : NONE;
            } else if (call.startsWith("ncclRecv")) {
                receive = receives++ == 0 ? row : NONE;
            } else if (call.startsWith("ncclGroupStart")) {
                depth++;
            } else if (call.startsWith("ncclGroupEnd")) {
                depth = Math.max(0, depth - 1);
                if (depth == 0 && sends + receives > 0) {
                    groups.put(row, new Group(direction(sends, receives), send, receive));
                    sends = 0;
                    receives = 0;
                    send = NONE;
                    receive = NONE;
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
