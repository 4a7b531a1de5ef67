package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.IntColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The sends and receives of all files on one axis, and which operation of which file each is. */
public final class TransferRows {

    /** What programs call the groups of ranks that stages send in. */
    private static final Pattern PIPELINE = Pattern.compile("(.*[^a-z])?(pp|pipe|pipeline)([^a-z].*)?");

    private final Fleet fleet;
    private final Operations operations = new Operations();
    private final IntColumn file = new IntColumn();
    private final IntColumn op = new IntColumn();
    private final int[][] deviceOfLane;
    private final Map<Integer, Integer> deviceOfRank = new HashMap<>();

    private TransferRows(Fleet fleet) {
        this.fleet = fleet;
        deviceOfLane = fleet.deviceOfLane();
        for (int device = 0; device < fleet.devices().size(); device++) {
            deviceOfRank.merge(fleet.devices().get(device).rank(), device, (a, b) -> -1);
        }
    }

    /** What the groups of ranks that may be a pipeline's are for; one empty text where the trace does not say. */
    public static List<String> likelyPurposes(Fleet fleet) {
        TreeSet<String> purposes = new TreeSet<>();
        for (int file = 0; file < fleet.files().size(); file++) {
            for (int op = 0; op < fleet.files().get(file).transfers().size(); op++) {
                purposes.add(fleet.peers().purpose(file, op));
            }
        }
        List<String> named = purposes.stream()
                .filter(purpose -> PIPELINE.matcher(purpose).matches())
                .toList();
        return named.isEmpty() ? List.copyOf(purposes) : named;
    }

    /** The rows of one purpose. */
    public static TransferRows of(Fleet fleet, String purpose) {
        return of(fleet, purpose::equals);
    }

    /** The rows of all purposes. */
    public static TransferRows all(Fleet fleet) {
        return of(fleet, purpose -> true);
    }

    private static TransferRows of(Fleet fleet, Predicate<String> wanted) {
        TransferRows rows = new TransferRows(fleet);
        for (int file = 0; file < fleet.files().size(); file++) {
            TransferOps found = fleet.files().get(file).transfers();
            for (int op = 0; op < found.size(); op++) {
                if (wanted.test(fleet.peers().purpose(file, op))) {
                    rows.add(file, op);
                }
            }
        }
        return rows;
    }

    /** The operations of which no row is among {@code left}. */
    public TransferRows without(IntPredicate left) {
        TransferRows others = new TransferRows(fleet);
        for (int row = 0; row < operations.size(); row++) {
            boolean again = row > 0 && file(row) == file(row - 1) && op(row) == op(row - 1);
            if (!again && !left.test(row)) {
                others.add(file(row), op(row));
            }
        }
        return others;
    }

    /** The rows. */
    public Operations operations() {
        return operations;
    }

    /** File of a row. */
    public int file(int row) {
        return file.get(row);
    }

    /** Number of a row's operation in its file. */
    public int op(int row) {
        return op.get(row);
    }

    private void add(int ofFile, int ofOp) {
        TransferOps found = fleet.files().get(ofFile).transfers();
        int device = deviceOfLane[ofFile][found.lane(ofOp)];
        int target = found.target(ofOp) < 0 ? -1 : deviceOfLane[ofFile][found.target(ofOp)];
        switch (found.direction(ofOp)) {
            case SEND -> add(device, Operations.Role.SEND, ofFile, ofOp);
            case RECV -> add(device, Operations.Role.RECEIVE, ofFile, ofOp);
            case UNKNOWN -> add(device, Operations.Role.UNKNOWN, ofFile, ofOp);
            case BOTH -> {
                add(device, Operations.Role.SEND, ofFile, ofOp);
                add(device, Operations.Role.RECEIVE, ofFile, ofOp);
            }
            case COPY -> {
                if (target >= 0 && target != device) {
                    operations.join(
                            add(device, Operations.Role.SEND, ofFile, ofOp),
                            add(target, Operations.Role.RECEIVE, ofFile, ofOp));
                }
            }
            case MANY -> {
                // Sent to many at once: no hop of a pipeline.
            }
        }
    }

    private int peer(int ofFile, int ofOp, Operations.Role role) {
        return fleet.peers().rank(ofFile, ofOp, role == Operations.Role.SEND);
    }

    private int add(int device, Operations.Role role, int ofFile, int ofOp) {
        TransferOps found = fleet.files().get(ofFile).transfers();
        FileClock clock = fleet.clocks().of(ofFile);
        file.add(ofFile);
        op.add(ofOp);
        int row = operations.add(
                device, role, clock.at(found.startNs(ofOp)), clock.at(found.endNs(ofOp)), found.issuedNs(ofOp));
        int peer = found.direction(ofOp) == Direction.COPY ? -1 : peer(ofFile, ofOp, role);
        operations.runOn(row, found.stream(ofOp));
        if (peer >= 0) {
            operations.name(row, deviceOfRank.getOrDefault(peer, Operations.ABSENT));
        }
        if (role != Operations.Role.UNKNOWN) {
            operations.seat(
                    row,
                    fleet.peers()
                            .seats(
                                    ofFile,
                                    ofOp,
                                    role == Operations.Role.SEND,
                                    fleet.devices().get(device).rank()));
            operations.say(row, found.hop(ofOp, role == Operations.Role.SEND));
        }
        return row;
    }
}
