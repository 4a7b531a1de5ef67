package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Point-to-point operations found in one file: one side of a send and receive, or a whole peer copy. Times are of the
 * file's clock.
 */
public final class TransferOps {

    /** What one operation does. */
    public enum Direction {
        /** A kernel that sends, receives or both. */
        UNKNOWN,
        /** A kernel that sends and receives at once. */
        BOTH,
        /** A kernel that only sends. */
        SEND,
        /** A kernel that only receives. */
        RECV,
        /** A kernel that sends to and receives from many, as an all-to-all does. */
        MANY,
        /** A peer copy: both sides in one. */
        COPY
    }

    private static final Direction[] DIRECTIONS = Direction.values();
    private static final Hop[] HOPS = Hop.values();

    private final IntColumn lane = new IntColumn();
    private final IntColumn target = new IntColumn();
    private final IntColumn direction = new IntColumn();
    private final List<Label> label = new ArrayList<>();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final LongColumn issuedNs = new LongColumn();
    private final LongColumn sentBytes = new LongColumn();
    private final LongColumn receivedBytes = new LongColumn();
    private final IntColumn kernel = new IntColumn();
    private final IntColumn stream = new IntColumn();
    private final IntColumn peer = new IntColumn();
    private final List<String> purpose = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final Map<String, Integer> numberOfGroup = new HashMap<>();
    private final IntColumn sendGroup = new IntColumn();
    private final IntColumn receiveGroup = new IntColumn();
    private final IntColumn sendMember = new IntColumn();
    private final IntColumn receiveMember = new IntColumn();
    private final IntColumn communicator = new IntColumn();
    private List<Communicator> communicators = List.of();
    private List<Member> members = List.of();
    private CollectiveOps collectives = new CollectiveOps();
    private final IntColumn sendHop = new IntColumn();
    private final IntColumn receiveHop = new IntColumn();

    int add(int newLane, int newTarget, Direction newDirection, Label newLabel, long newStartNs, long newEndNs) {
        lane.add(newLane);
        target.add(newTarget);
        direction.add(newDirection.ordinal());
        label.add(newLabel);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        issuedNs.add(LaneWork.UNKNOWN);
        sentBytes.add(-1);
        receivedBytes.add(-1);
        kernel.add(0);
        stream.add(-1);
        peer.add(-1);
        purpose.add("");
        sendGroup.add(-1);
        receiveGroup.add(-1);
        sendMember.add(-1);
        receiveMember.add(-1);
        communicator.add(-1);
        sendHop.add(Hop.UNSAID.ordinal());
        receiveHop.add(Hop.UNSAID.ordinal());
        return lane.size() - 1;
    }

    /** Notes that an operation is a kernel, and on which stream of its device it ran. */
    void markKernel(int op, int newStream) {
        kernel.set(op, 1);
        stream.set(op, newStream);
    }

    /** Notes the rank on the other side, what the group of ranks is for, and its number or -1. */
    void describe(int op, int newPeer, String newPurpose, int newCommunicator) {
        peer.set(op, newPeer);
        purpose.set(op, newPurpose);
        communicator.set(op, newCommunicator);
    }

    /** Describes an operation as another is. */
    void describeAs(int op, int other) {
        describe(op, peer(other), purpose(other), communicator.get(other));
    }

    /** Adds to what an operation sends, or receives; -1 is unknown, and adds nothing. */
    void move(int op, boolean send, long moreBytes) {
        LongColumn bytes = send ? sentBytes : receivedBytes;
        if (moreBytes >= 0) {
            bytes.set(op, Math.max(0, bytes.get(op)) + moreBytes);
        }
    }

    /** Notes the place in a group of ranks to which an operation sends, or from which it receives. */
    void place(int op, boolean send, String group, int member) {
        (send ? sendGroup : receiveGroup).set(op, numberOfGroup.computeIfAbsent(group, g -> {
            groups.add(g);
            return groups.size() - 1;
        }));
        (send ? sendMember : receiveMember).set(op, member);
    }

    /** Notes which places processes say that they have in groups. */
    void setMembers(List<Member> newMembers) {
        members = List.copyOf(newMembers);
    }

    /** Notes the file's groups of ranks, by number. */
    void setCommunicators(List<Communicator> newCommunicators) {
        communicators = List.copyOf(newCommunicators);
    }

    /** Notes the collectives beside the transfers. */
    void setCollectives(CollectiveOps newCollectives) {
        collectives = newCollectives;
    }

    void issue(int op, long newIssuedNs) {
        issuedNs.set(op, newIssuedNs);
    }

    /** Notes what a range says that an operation sends and receives. */
    void say(int op, Hop sends, Hop receives) {
        sendHop.set(op, sends.ordinal());
        receiveHop.set(op, receives.ordinal());
    }

    /** What an operation sends, or else receives, is for, as far as a range says. */
    public Hop hop(int op, boolean send) {
        return HOPS[(send ? sendHop : receiveHop).get(op)];
    }

    void widen(int op, long newStartNs, long newEndNs) {
        startNs.set(op, Math.min(startNs.get(op), newStartNs));
        endNs.set(op, Math.max(endNs.get(op), newEndNs));
    }

    /** How many operations there are. */
    public int size() {
        return lane.size();
    }

    /** Lane on which it ran; of a peer copy the lane it reads from. */
    public int lane(int op) {
        return lane.get(op);
    }

    /** Lane that a peer copy writes to, else -1. */
    public int target(int op) {
        return target.get(op);
    }

    /** What it does. */
    public Direction direction(int op) {
        return DIRECTIONS[direction.get(op)];
    }

    /** The task it belongs to by its range's name, or null. */
    public Label label(int op) {
        return label.get(op);
    }

    /** Whether it is a kernel that ends with the other side's. */
    public boolean isKernel(int op) {
        return kernel.get(op) == 1;
    }

    /** The stream of its device on which a kernel ran, else -1. */
    public int stream(int op) {
        return stream.get(op);
    }

    /** Global rank of the other side where the trace says it, else -1. */
    public int peer(int op) {
        return peer.get(op);
    }

    /** The group of ranks in which it takes place where the trace describes the kernel itself, else null. */
    public Communicator communicator(int op) {
        int number = communicator.get(op);
        return number < 0 ? null : communicators.get(number);
    }

    /** Name of the group of ranks in which an operation sends, or receives; null where the trace does not say. */
    public String group(int op, boolean send) {
        int number = (send ? sendGroup : receiveGroup).get(op);
        return number < 0 ? null : groups.get(number);
    }

    /** The place in that group of the rank on the other side. */
    public int member(int op, boolean send) {
        return (send ? sendMember : receiveMember).get(op);
    }

    /** Collectives whose groups of ranks the trace names. */
    public CollectiveOps collectives() {
        return collectives;
    }

    /** The places that processes say that they have in groups. */
    public List<Member> members() {
        return members;
    }

    /** What the ranks among which it takes place are a group for; empty where the trace does not say. */
    public String purpose(int op) {
        return purpose.get(op);
    }

    /** How much it sends, or receives; -1 where the trace does not say. */
    public long bytes(int op, boolean send) {
        return (send ? sentBytes : receivedBytes).get(op);
    }

    /** Its start. */
    public long startNs(int op) {
        return startNs.get(op);
    }

    /** Its end. */
    public long endNs(int op) {
        return endNs.get(op);
    }

    /** When the call that launched it began, or {@link LaneWork#UNKNOWN}. */
    public long issuedNs(int op) {
        return issuedNs.get(op);
    }
}
