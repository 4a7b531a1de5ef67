package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The joined sends of each ordered pair of devices, by start. */
public final class Traffic {

    private static final int[] EMPTY = {};

    private final Operations operations;
    private final Map<Long, int[]> sends = new HashMap<>();

    /** Sorts the sends of {@code operations} that have a peer. */
    public Traffic(Operations operations) {
        this.operations = operations;
        Map<Long, IntColumn> split = new HashMap<>();
        for (int row : operations.byStart(IntStream.range(0, operations.size()))) {
            int peer = operations.peer(row);
            if (peer != Operations.NONE && operations.role(row) == Operations.Role.SEND) {
                split.computeIfAbsent(key(operations.device(row), operations.device(peer)), k -> new IntColumn())
                        .add(row);
            }
        }
        split.forEach((key, rows) -> sends.put(key, rows.toArray()));
    }

    /** The sends from one device to another. */
    public int[] sends(int sender, int receiver) {
        return sends.getOrDefault(key(sender, receiver), EMPTY);
    }

    /** The operations that this is of. */
    public Operations operations() {
        return operations;
    }

    private static long key(int sender, int receiver) {
        return ((long) sender << Integer.SIZE) | receiver;
    }
}
