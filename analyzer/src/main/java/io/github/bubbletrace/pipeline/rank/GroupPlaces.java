package io.github.bubbletrace.pipeline.rank;

import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which rank has which place in one group. NCCL names the other side of a transfer by its place; the calls that make the
 * group say each rank's own. Without them two ranks that name each other leave no choice, and of more the places are taken
 * to ascend with the ranks, as programs make groups, where that fits: as many sends as receives on every link, and the
 * k-th of them end together.
 */
final class GroupPlaces {

    /** No rank, or no place. */
    static final int NONE = -1;

    /** How far apart both sides of a transfer end, clocks' differences apart. */
    private static final long NEAR_NS = 100_000;

    /** So many of one side may be missing where a capture begins or ends: this, or the share below. */
    private static final int CUT = 2;

    private static final double CUT_SHARE = 0.02;

    private static final class User {
        private final int file;
        private final SortedMap<Integer, LongColumn> sends = new TreeMap<>();
        private final SortedMap<Integer, LongColumn> receives = new TreeMap<>();

        User(int file) {
            this.file = file;
        }
    }

    private final TreeMap<Integer, User> users = new TreeMap<>();
    private final Map<Integer, Integer> rankOfPlace = new HashMap<>();
    private final TreeSet<Integer> placed = new TreeSet<>();
    private int size = NONE;
    private String shape = "";

    /** Notes a rank's place as a call says it. */
    void add(int rank, Member member) {
        size = member.size();
        rankOfPlace.put(member.place(), rank);
        placed.add(rank);
    }

    /** Notes one side of a transfer. */
    void add(int rank, int file, boolean send, int place, long endNs) {
        User user = users.computeIfAbsent(rank, r -> new User(file));
        (send ? user.sends : user.receives)
                .computeIfAbsent(place, p -> new LongColumn())
                .add(endNs);
    }

    /** Works out the places that no call says; leaves them open where that leaves a doubt. */
    void resolve() {
        if (!placed.containsAll(users.keySet())) {
            infer();
        }
        shape = describe();
    }

    private void infer() {
        rankOfPlace.clear();
        placed.clear();
        List<Integer> ranks = new ArrayList<>(users.keySet());
        int furthest =
                users.values().stream().mapToInt(GroupPlaces::furthest).max().orElse(NONE);
        boolean all = ranks.size() > 1 && furthest < ranks.size() && (size < 0 || size == ranks.size());
        if (all && ranks.size() == 2) {
            placeTwo(ranks);
        } else if (all) {
            place(ranks);
        }
        if (!fits()) {
            rankOfPlace.clear();
            placed.clear();
        }
    }

    /** The rank at a place; {@link Peers#MISSING} where all ranks of the trace have other places; else {@link #NONE}. */
    int rank(int place) {
        return rankOfPlace.getOrDefault(place, placed.isEmpty() ? NONE : Peers.MISSING);
    }

    /** How many ranks it has, or {@link #NONE} where no call says it. */
    int size() {
        return size;
    }

    /** The place of a rank, or {@link #NONE}. */
    int placeOf(int rank) {
        return rankOfPlace.entrySet().stream()
                .filter(entry -> entry.getValue() == rank)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(NONE);
    }

    /** How many ranks the group has, and the step between them; empty where that is not known. */
    String shape() {
        return shape;
    }

    private String describe() {
        if (placed.size() < 2) {
            return "";
        }
        List<Integer> places = rankOfPlace.keySet().stream().sorted().toList();
        int step = (rankOfPlace.get(places.get(1)) - rankOfPlace.get(places.get(0))) / (places.get(1) - places.get(0));
        return "groups of " + (size < 0 ? placed.size() : size) + ", " + step + " apart";
    }

    private static int furthest(User user) {
        int most = user.sends.isEmpty() ? NONE : user.sends.lastKey();
        return user.receives.isEmpty() ? most : Math.max(most, user.receives.lastKey());
    }

    /** Whoever names place 1 is at 0. */
    private void placeTwo(List<Integer> ranks) {
        boolean first = furthest(users.get(ranks.get(0))) == 1;
        place(first ? ranks : List.of(ranks.get(1), ranks.get(0)));
    }

    private void place(List<Integer> inOrder) {
        for (int place = 0; place < inOrder.size(); place++) {
            rankOfPlace.put(place, inOrder.get(place));
            placed.add(inOrder.get(place));
        }
    }

    private boolean fits() {
        for (int place = 0; place < rankOfPlace.size(); place++) {
            User user = users.get(rankOfPlace.get(place));
            if (user.sends.containsKey(place) || user.receives.containsKey(place)) {
                return false;
            }
            for (int other : user.sends.keySet()) {
                User peer = users.get(rankOfPlace.get(other));
                if (!meet(user, peer, user.sends.get(other), peer.receives.get(place))) {
                    return false;
                }
            }
            for (int other : user.receives.keySet()) {
                if (!users.get(rankOfPlace.get(other)).sends.containsKey(place)
                        && user.receives.get(other).size() > CUT) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean meet(User sender, User receiver, LongColumn sent, LongColumn received) {
        int more = received == null ? 0 : received.size();
        int missing = Math.abs(sent.size() - more);
        if (missing > Math.max(CUT, CUT_SHARE * sent.size())) {
            return false;
        }
        if (missing > 0) {
            return true;
        }
        long[] sends = sorted(sent);
        long[] receives = sorted(received);
        long[] apart = new long[sends.length];
        Arrays.setAll(apart, k -> receives[k] - sends[k]);
        long usual = sender.file == receiver.file ? 0 : median(apart.clone());
        return median(Arrays.stream(apart).map(ns -> Math.abs(ns - usual)).toArray()) <= NEAR_NS;
    }

    private static long[] sorted(LongColumn column) {
        long[] values = column.toArray();
        Arrays.sort(values);
        return values;
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
