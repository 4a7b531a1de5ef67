package io.github.bubbletrace.pipeline.rank;

import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.Lane;
import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.unlabelled.work.Seats;
import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rank of the other side of every transfer that names one: as its file says, or by its place in a group of ranks that
 * several files are of.
 */
public final class Peers {

    /** A rank that no input is of. */
    static final int MISSING = Integer.MAX_VALUE;

    private final List<Extract> files;
    private final Map<String, GroupPlaces> groups = new HashMap<>();
    private final Map<Seats, Seats> seats = new HashMap<>();
    private final Map<Communicator, String> names = new HashMap<>();
    private final int[][] sendTo;
    private final int[][] receiveFrom;

    private Peers(List<Extract> files) {
        this.files = files;
        sendTo = new int[files.size()][];
        receiveFrom = new int[files.size()][];
    }

    /** The other sides that {@code files} name. */
    public static Peers of(List<Extract> files, Ranks ranks) {
        Peers peers = new Peers(files);
        for (int file = 0; file < files.size(); file++) {
            peers.add(file, ranks);
        }
        peers.groups.values().forEach(GroupPlaces::resolve);
        for (int file = 0; file < files.size(); file++) {
            peers.sendTo[file] = peers.resolved(file, true);
            peers.receiveFrom[file] = peers.resolved(file, false);
        }
        return peers;
    }

    /**
     * The rank that an operation of a file sends to, or receives from.
     *
     * @return {@link #MISSING} where it is of none of the files, -1 where that is not said
     */
    public int rank(int file, int op, boolean send) {
        return (send ? sendTo : receiveFrom)[file][op];
    }

    /**
     * Where both sides of what a rank sends, or receives, sit in their group of ranks; null where that is not said.
     *
     * @param rank the rank that the operation is of
     */
    public Seats seats(int file, int op, boolean send, int rank) {
        TransferOps ops = files.get(file).transfers();
        String name = ops.group(op, send);
        if (name == null) {
            return listed(ops, op, rank);
        }
        GroupPlaces group = groups.get(name);
        if (group.size() < 0) {
            return null;
        }
        Seats found = new Seats(name, group.size(), group.placeOf(rank), ops.member(op, send));
        return known(found);
    }

    /** The same where the trace lists the ranks of the group, as PyTorch's profiler does. */
    private Seats listed(TransferOps ops, int op, int rank) {
        Communicator group = ops.communicator(op);
        if (group == null || ops.peer(op) < 0 || group.size() != group.ranks().size()) {
            return null;
        }
        String name = names.computeIfAbsent(group, g -> g.name() + " of " + g.ranks());
        return known(new Seats(name, group.size(), group.memberOf(rank), group.memberOf(ops.peer(op))));
    }

    private Seats known(Seats found) {
        return found.own() < 0 || found.other() < 0 ? null : seats.computeIfAbsent(found, f -> f);
    }

    /** Whether the other side of an operation may be of a rank, as far as it says. */
    public boolean mayBe(int file, int op, int rank) {
        int to = rank(file, op, true);
        int from = rank(file, op, false);
        return (to < 0 && from < 0) || to == rank || from == rank;
    }

    /** What the ranks among which an operation takes place are a group for; empty where nothing says it. */
    public String purpose(int file, int op) {
        TransferOps ops = files.get(file).transfers();
        String group = ops.group(op, true) == null ? ops.group(op, false) : ops.group(op, true);
        return group == null ? ops.purpose(op) : groups.get(group).shape();
    }

    private int[] resolved(int file, boolean send) {
        TransferOps ops = files.get(file).transfers();
        int[] rank = new int[ops.size()];
        for (int op = 0; op < rank.length; op++) {
            String group = ops.group(op, send);
            rank[op] = ops.peer(op) >= 0 || group == null
                    ? ops.peer(op)
                    : groups.get(group).rank(ops.member(op, send));
        }
        return rank;
    }

    private void add(int file, Ranks ranks) {
        TransferOps ops = files.get(file).transfers();
        List<Lane> lanes = files.get(file).lanes();
        int[] rankOfLane =
                lanes.stream().mapToInt(lane -> ranks.of(file, lane.process())).toArray();
        for (int op = 0; op < ops.size(); op++) {
            for (boolean send : new boolean[] {true, false}) {
                String group = ops.group(op, send);
                if (group != null) {
                    groups.computeIfAbsent(group, g -> new GroupPlaces())
                            .add(rankOfLane[ops.lane(op)], file, send, ops.member(op, send), ops.endNs(op));
                }
            }
        }
        for (Member member : ops.members()) {
            boolean active = lanes.stream().anyMatch(lane -> lane.process() == member.process());
            if (active) {
                groups.computeIfAbsent(member.group(), g -> new GroupPlaces())
                        .add(ranks.of(file, member.process()), member);
            }
        }
    }
}
