package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.List;

/** How many transfers go from each device to each other one, and what shape that gives them. */
public final class Links {

    /** A link that carries less than this share of its device's transfers is no part of the shape. */
    private static final double STRAY = 0.02;

    private final long[][] transfers;

    /** The links between {@code devices} devices. */
    public Links(Operations operations, int devices) {
        transfers = new long[devices][devices];
        for (int row = 0; row < operations.size(); row++) {
            int peer = operations.peer(row);
            if (peer != Operations.NONE && operations.role(row) == Operations.Role.SEND) {
                transfers[operations.device(row)][operations.device(peer)]++;
            }
        }
    }

    /** How many transfers went from one device to another. */
    long count(int sender, int receiver) {
        return transfers[sender][receiver];
    }

    /** Devices joined by transfers, group by group; those without any are in none. */
    public List<List<Integer>> groups() {
        boolean[] seen = new boolean[transfers.length];
        List<List<Integer>> groups = new ArrayList<>();
        for (int device = 0; device < transfers.length; device++) {
            if (!seen[device] && !neighbours(device).isEmpty()) {
                List<Integer> group = new ArrayList<>(List.of(device));
                seen[device] = true;
                for (int i = 0; i < group.size(); i++) {
                    for (int next : neighbours(group.get(i))) {
                        if (!seen[next]) {
                            seen[next] = true;
                            group.add(next);
                        }
                    }
                }
                groups.add(group);
            }
        }
        return groups;
    }

    /** The devices that one exchanges transfers with. */
    List<Integer> neighbours(int device) {
        long all = 0;
        for (int other = 0; other < transfers.length; other++) {
            all += both(device, other);
        }
        List<Integer> neighbours = new ArrayList<>();
        for (int other = 0; other < transfers.length; other++) {
            if (other != device && both(device, other) > STRAY * all) {
                neighbours.add(other);
            }
        }
        return neighbours;
    }

    /** How many transfers there are between two devices, in both directions. */
    long both(int one, int other) {
        return transfers[one][other] + transfers[other][one];
    }
}
