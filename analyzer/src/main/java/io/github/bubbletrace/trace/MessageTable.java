package io.github.bubbletrace.trace;

import java.util.Arrays;
import java.util.List;

/**
 * What the trace says of communications beyond their times: one row for a kernel or range that is described. NCCL's own
 * ranges describe the call, PyTorch's profiler the kernel, a span log its sends and receives. Immutable.
 */
public final class MessageTable {

    private static final Message.Kind[] KINDS = Message.Kind.values();

    private final List<Communicator> communicators;
    private final List<Member> members;
    private final int[] kernels;
    private final int[] rowOfKernel;
    private final int[] ranges;
    private final int[] rowOfRange;
    private final long[] bytes;
    private final int[] kind;
    private final int[] communicator;
    private final int[] peer;
    private final int[] member;

    /** The table of {@code columns}: bytes, then kernel, range, kind, communicator, peer, member. */
    MessageTable(Columns columns, List<Communicator> communicators, List<Member> members, int[] rangeOrder) {
        this.communicators = List.copyOf(communicators);
        this.members = List.copyOf(members);
        bytes = columns.longs(0, null);
        int[] kernel = columns.ints(1, null);
        int[] range = newRows(columns.ints(2, null), rangeOrder);
        kind = columns.ints(3, null);
        communicator = columns.ints(4, null);
        peer = columns.ints(5, null);
        member = columns.ints(6, null);
        rowOfKernel = described(kernel);
        kernels = keys(kernel, rowOfKernel);
        rowOfRange = described(range);
        ranges = keys(range, rowOfRange);
    }

    /** Ranges are sorted after they were described. */
    private static int[] newRows(int[] oldRows, int[] order) {
        if (order == null || oldRows.length == 0) {
            return oldRows;
        }
        int[] newOfOld = new int[order.length];
        for (int row = 0; row < order.length; row++) {
            newOfOld[order[row]] = row;
        }
        return Arrays.stream(oldRows).map(old -> old < 0 ? -1 : newOfOld[old]).toArray();
    }

    /** The rows that describe something, by what they describe. */
    private static int[] described(int[] owner) {
        long[] keys = new long[owner.length];
        int count = 0;
        for (int row = 0; row < owner.length; row++) {
            if (owner[row] >= 0) {
                keys[count++] = ((long) owner[row] << Integer.SIZE) | row;
            }
        }
        Arrays.sort(keys, 0, count);
        return Arrays.stream(keys, 0, count).mapToInt(key -> (int) key).toArray();
    }

    private static int[] keys(int[] owner, int[] rows) {
        return Arrays.stream(rows).map(row -> owner[row]).toArray();
    }

    /** How many communications are described. */
    public int size() {
        return bytes.length;
    }

    /** The row that describes {@code kernel} of the kernel table, or -1. */
    public int ofKernel(int kernel) {
        int found = Arrays.binarySearch(kernels, kernel);
        return found < 0 ? -1 : rowOfKernel[found];
    }

    /** The row that describes {@code range} of the range table, or -1. */
    public int ofRange(int range) {
        int found = Arrays.binarySearch(ranges, range);
        return found < 0 ? -1 : rowOfRange[found];
    }

    /** What it does. */
    public Message.Kind kind(int row) {
        return KINDS[kind[row]];
    }

    /** The number of its group, or -1; groups are numbered within the file. */
    public int communicator(int row) {
        return communicator[row];
    }

    /** Global rank of the other side, or -1. */
    public int peer(int row) {
        return peer[row];
    }

    /** Place of the other side in the group, or -1. */
    public int member(int row) {
        return member[row];
    }

    /** How much it moves, or -1. */
    public long bytes(int row) {
        return bytes[row];
    }

    /** Which places processes have in groups of ranks, as far as calls that made or ended those are in the trace. */
    public List<Member> members() {
        return members;
    }

    /** The groups of ranks, by number. */
    public List<Communicator> communicators() {
        return communicators;
    }
}
