package io.github.bubbletrace.trace;

import java.util.List;

/**
 * A group of ranks that communicate with each other.
 *
 * @param name name or id in its trace, the same on all ranks of the group; a name may be used by several groups whose
 *     ranks differ
 * @param description what the program calls it, as {@code pp_group}; empty where nothing says it
 * @param size how many ranks it has, or -1
 * @param ranks global rank of each member, by its place in the group; empty where the trace does not say
 */
public record Communicator(String name, String description, int size, List<Integer> ranks) {

    /** A copy of what is given. */
    public Communicator {
        ranks = List.copyOf(ranks);
    }

    /** The place of a global rank in the group, or -1. */
    public int memberOf(int rank) {
        return ranks.indexOf(rank);
    }

    /** The global rank of a member, or -1. */
    public int rankOf(int member) {
        return member >= 0 && member < ranks.size() ? ranks.get(member) : -1;
    }
}
