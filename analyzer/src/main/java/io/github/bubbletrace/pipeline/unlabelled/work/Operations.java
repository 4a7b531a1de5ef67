package io.github.bubbletrace.pipeline.unlabelled.work;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * One side of a transfer a row, over all devices, on the common axis. A peer copy is two rows that are each other's peer.
 */
public final class Operations {

    /** What an operation does, as far as it says. */
    public enum Role {
        /** Only sends. */
        SEND,
        /** Only receives. */
        RECEIVE,
        /** One of them, or both. */
        UNKNOWN
    }

    /** Which direction of the pipeline an operation is for, as far as a range says. */
    public enum Hop {
        /** No range says. */
        UNSAID,
        /** Outputs of forwards. */
        FORWARD,
        /** Gradients. */
        BACKWARD
    }

    /** No operation, or no device. */
    public static final int NONE = -1;

    /** A device that is not in the trace. */
    public static final int ABSENT = -2;

    private static final Role[] ROLES = Role.values();
    private static final Hop[] HOPS = Hop.values();

    private final IntColumn device = new IntColumn();
    private final IntColumn role = new IntColumn();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final LongColumn issuedNs = new LongColumn();
    private final IntColumn peer = new IntColumn();
    private final IntColumn named = new IntColumn();
    private final List<Seats> seats = new ArrayList<>();
    private int[] copyOfDevice;
    private int[] origin = {};
    private final IntColumn hop = new IntColumn();
    private final IntColumn stream = new IntColumn();

    /**
     * Adds one side.
     *
     * @param newIssuedNs when the call that launched it began, on its file's clock, or {@link LaneWork#UNKNOWN}
     * @return its row
     */
    public int add(int newDevice, Role newRole, long newStartNs, long newEndNs, long newIssuedNs) {
        device.add(newDevice);
        role.add(newRole.ordinal());
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        issuedNs.add(newIssuedNs);
        peer.add(NONE);
        named.add(NONE);
        seats.add(null);
        hop.add(Hop.UNSAID.ordinal());
        stream.add(NONE);
        return device.size() - 1;
    }

    /** Says that two rows are the two sides of one transfer. */
    public void join(int send, int receive) {
        peer.set(send, receive);
        peer.set(receive, send);
    }

    /** Forgets the other sides of rows. */
    public void part(int[] rows) {
        for (int row : rows) {
            peer.set(row, NONE);
        }
    }

    /**
     * The same, with the given rows, each with its other side, as two transfers at once: one row sends, one more receives. What
     * is added has the numbers after those of all others.
     */
    public Operations exchanged(int[] rows) {
        Operations all = copy();
        for (int row : rows) {
            int other = peer(row);
            int back = all.copy(this, other);
            int came = all.copy(this, row);
            all.direct(row, other);
            all.join(back, came);
            all.direct(back, came);
        }
        all.origin = new int[2 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            all.origin[2 * i] = peer(rows[i]);
            all.origin[2 * i + 1] = rows[i];
        }
        return all;
    }

    /** Whether some rows were added for transfers at once. */
    public boolean hasExchanges() {
        return origin.length > 0;
    }

    /** The row that one is, or that it was added for. */
    public int origin(int row) {
        int added = row - (size() - origin.length);
        return added < 0 ? row : origin[added];
    }

    /** The same, to be joined and directed by itself. */
    public Operations copy() {
        Operations same = new Operations();
        for (int row = 0; row < size(); row++) {
            same.copy(this, row);
        }
        same.copyOfDevice = copyOfDevice;
        return same;
    }

    private int copy(Operations from, int row) {
        int added = add(from.device(row), from.role(row), from.startNs(row), from.endNs(row), from.issuedNs(row));
        peer.set(added, from.peer(row));
        named.set(added, from.named(row));
        hop.set(added, from.hop.get(row));
        stream.set(added, from.stream.get(row));
        seats.set(added, from.seats(row));
        return added;
    }

    /** Says which of two joined rows sends. */
    public void direct(int send, int receive) {
        role.set(send, Role.SEND.ordinal());
        role.set(receive, Role.RECEIVE.ordinal());
    }

    /** Says what a row does. */
    public void say(int row, Role newRole) {
        role.set(row, newRole.ordinal());
    }

    /** Says that the other side of a row runs on a device, or on one that is {@link #ABSENT}. */
    public void name(int row, int newDevice) {
        named.set(row, newDevice);
    }

    /** The device of the other side as the trace names it, or {@link #NONE}. */
    public int named(int row) {
        return named.get(row);
    }

    /** Says on which stream of its device a row's kernel ran. */
    public void runOn(int row, int newStream) {
        stream.set(row, newStream);
    }

    /** The stream of its device on which a row's kernel ran, or {@link #NONE}. */
    public int stream(int row) {
        return stream.get(row);
    }

    /** Says where both sides of a row sit in a group of ranks. */
    public void seat(int row, Seats newSeats) {
        seats.set(row, newSeats);
    }

    /** Where both sides of a row sit in a group of ranks; null where the trace does not say. */
    public Seats seats(int row) {
        return seats.get(row);
    }

    /** Says which devices belong together: only those of one copy meet. */
    public void separate(int[] newCopyOfDevice) {
        copyOfDevice = newCopyOfDevice.clone();
    }

    /** Notes what a range says that a row is for. */
    public void say(int row, Hop newHop) {
        hop.set(row, newHop.ordinal());
    }

    /** What a range says that a row, or else its other side, is for. */
    public Hop hop(int row) {
        Hop own = HOPS[hop.get(row)];
        return own != Hop.UNSAID || peer(row) == NONE ? own : HOPS[hop.get(peer(row))];
    }

    /** How many rows there are. */
    public int size() {
        return device.size();
    }

    /** The device it ran on. */
    public int device(int row) {
        return device.get(row);
    }

    /** What it does. */
    public Role role(int row) {
        return ROLES[role.get(row)];
    }

    /** Whether it may be a send. */
    public boolean maySend(int row) {
        return role(row) != Role.RECEIVE;
    }

    /** Whether it may be a receive. */
    public boolean mayReceive(int row) {
        return role(row) != Role.SEND;
    }

    /** Whether two rows may be the two sides of one transfer, as far as their devices and roles say. */
    public boolean mayMeet(int one, int other) {
        return device(one) != device(other)
                && (copyOfDevice == null || copyOfDevice[device(one)] == copyOfDevice[device(other)])
                && (named(one) == NONE || named(one) == device(other))
                && (named(other) == NONE || named(other) == device(one))
                && ((maySend(one) && mayReceive(other)) || (maySend(other) && mayReceive(one)));
    }

    /** Its start. */
    public long startNs(int row) {
        return startNs.get(row);
    }

    /** Its end. */
    public long endNs(int row) {
        return endNs.get(row);
    }

    /** When the call that launched it began, on its file's clock. */
    public long issuedNs(int row) {
        return issuedNs.get(row);
    }

    /** The other side, or {@link #NONE}. */
    public int peer(int row) {
        return peer.get(row);
    }

    /** Rows by their starts, those of the same moment by number. */
    public int[] byStart(IntStream rows) {
        return by(this::startNs, rows);
    }

    /** Rows by their ends, those of the same moment by number. */
    public int[] byEnd(IntStream rows) {
        return by(this::endNs, rows);
    }

    private static int[] by(IntToLongFunction timeNs, IntStream rows) {
        int[] numbered = rows.sorted().toArray();
        int[] order = RadixOrder.of(Arrays.stream(numbered).mapToLong(timeNs).toArray());
        return Arrays.stream(order).map(place -> numbered[place]).toArray();
    }
}
