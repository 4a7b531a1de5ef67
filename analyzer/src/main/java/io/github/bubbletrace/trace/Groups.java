package io.github.bubbletrace.trace;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Members sorted into groups by a key; groups are numbered in the order of their keys. Immutable. */
public final class Groups {

    private final int[] ofMember;
    private final int[] members;
    private final int[] start;
    private final long[] keys;

    private Groups(int[] ofMember, int[] members, int[] start, long[] keys) {
        this.ofMember = ofMember;
        this.members = members;
        this.start = start;
        this.keys = keys;
    }

    /** Members 0 to before {@code members}; those with equal keys are a group. */
    public static Groups of(int members, IntToLongFunction key) {
        long[] keys = new long[members];
        Arrays.setAll(keys, key);
        int[] order = RadixOrder.of(keys);
        int[] ofMember = new int[members];
        int[] start = new int[members + 1];
        long[] groupKeys = new long[members];
        int groups = 0;
        for (int i = 0; i < members; i++) {
            if (i == 0 || keys[order[i]] != keys[order[i - 1]]) {
                groupKeys[groups] = keys[order[i]];
                start[groups++] = i;
            }
            ofMember[order[i]] = groups - 1;
        }
        start[groups] = members;
        return new Groups(ofMember, order, Arrays.copyOf(start, groups + 1), Arrays.copyOf(groupKeys, groups));
    }

    /** How many groups there are. */
    public int size() {
        return keys.length;
    }

    /** The group of {@code member}. */
    public int of(int member) {
        return ofMember[member];
    }

    /** The first of a group's members. */
    public int first(int group) {
        return members[start[group]];
    }

    /** The members with a key, in ascending order; none where there are none. */
    public int[] members(long key) {
        int group = Arrays.binarySearch(keys, key);
        return group < 0 ? new int[0] : Arrays.copyOfRange(members, start[group], start[group + 1]);
    }

    /** The values of a group's members, in ascending order. */
    public double[] sorted(int group, IntToDoubleFunction value) {
        double[] values = new double[start[group + 1] - start[group]];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsDouble(members[start[group] + i]);
        }
        Arrays.sort(values);
        return values;
    }
}
