package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.CopyTable;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Finds point-to-point operations: SendRecv kernels, peer copies, and any copy launched inside a range that names a
 * transfer (pipelines that go through the host). Operations of one range are one.
 */
final class TransferExtractor {

    private final Trace trace;
    private final LabelledRanges labelled;
    private final LaneIndex lanes;
    private final Payloads payloads;
    private final Map<Integer, int[]> transfersOfThread;
    private final Map<Integer, int[]> ncclOfThread;
    private final HopNames hopNames;
    private final Map<Integer, int[]> hopsOfThread;
    private final NcclCalls calls;
    private final TransferOps ops = new TransferOps();
    private final Map<Long, Integer> opOfRange = new HashMap<>();

    TransferExtractor(Trace trace, LabelledRanges labelled, LaneIndex lanes) {
        this.trace = trace;
        this.labelled = labelled;
        this.lanes = lanes;
        payloads = new Payloads(trace);
        transfersOfThread = labelled.byThread(transferRows(labelled));
        ncclOfThread = labelled.byThread(labelled.ncclRows());
        hopNames = new HopNames(trace);
        hopsOfThread = labelled.byThread(labelled.hopRows());
        calls = new NcclCalls(trace, ncclOfThread);
        ops.setMembers(trace.messages().members());
        ops.setCommunicators(trace.messages().communicators());
    }

    /** Operations of a trace with GPU activity. */
    TransferOps fromGpu(GpuWork work) {
        addKernels(work.launches(), work.lane());
        if (CollectiveOps.mayBeDescribed(trace)) {
            ops.setCollectives(CollectiveOps.of(trace, work.lane(), described(work.launches())));
        }
        addCopies(work.launchesOfCopies(), work.laneOfCopy());
        return ops;
    }

    /** Operations of a trace without GPU activity: the ranges themselves. */
    TransferOps fromRanges() {
        for (int row : transferRows(labelled)) {
            int process = trace.processes().processOf(trace.ranges().thread(row));
            for (Label label : labelled.labels(row)) {
                int op = ops.add(
                        lanes.of(process, -1),
                        -1,
                        direction(label),
                        label,
                        trace.ranges().startNs(row),
                        trace.ranges().endNs(row));
                ops.move(op, label.role() == Role.SEND, payloads.bytes(payloads.ofRange(row)));
            }
        }
        return ops;
    }

    private static int[] transferRows(LabelledRanges labelled) {
        return labelled.rows(label -> label.role() == Role.SEND || label.role() == Role.RECV);
    }

    private void addKernels(Launches launches, int[] lane) {
        KernelTable kernels = trace.kernels();
        int[] p2p = p2pByStart(kernels);
        int[] range = innermost(launches, p2p, transfersOfThread);
        int[] nccl = innermost(launches, p2p, ncclOfThread);
        int[] hop = innermost(launches, p2p, hopsOfThread);
        for (int i = 0; i < p2p.length; i++) {
            int k = p2p[i];
            int said = payloads.of(k, nccl[i]);
            Direction hint = hint(nccl[i], said, hop[i]);
            int op = add(lane[k], -1, hint, range[i], kernels.startNs(k), kernels.endNs(k));
            issue(op, launches, k);
            ops.markKernel(op, kernels.stream(k));
            if (said >= 0) {
                ops.describe(op, payloads.peer(said), payloads.purpose(said), payloads.communicator(said));
            }
            for (boolean send : new boolean[] {true, false}) {
                int call = nccl[i] < 0 ? -1 : payloads.ofRange(calls.call(nccl[i], send));
                place(op, send, call);
                ops.move(op, send, payloads.bytes(call >= 0 || !payloads.does(said, send) ? call : said));
            }
            if (hop[i] >= 0) {
                ops.say(op, hopNames.hop(hop[i], true), hopNames.hop(hop[i], false));
            }
            if (range[i] < 0 && nccl[i] >= 0 && areNamed(nccl[i])) {
                part(op, nccl[i], lane[k], kernels.startNs(k), kernels.endNs(k));
            }
        }
    }

    /** Whether a group sends to, or receives from, two ranks and names them all. */
    private boolean areNamed(int group) {
        boolean several = false;
        boolean named = calls.direction(group) != Direction.MANY;
        for (boolean send : new boolean[] {true, false}) {
            several |= calls.count(group, send) > 1;
            for (int call = 0; named && call < calls.count(group, send); call++) {
                int said = payloads.ofRange(calls.call(group, send, call));
                named = said >= 0 && payloads.member(said) >= 0;
            }
        }
        return several && named;
    }

    /** Makes each send and receive of a group after the first an operation of its own, at the same time as that. */
    private void part(int first, int group, int lane, long startNs, long endNs) {
        int sends = calls.count(group, true);
        int receives = calls.count(group, false);
        for (int number = 0; number < Math.max(sends, receives); number++) {
            Direction direction =
                    number >= receives ? Direction.SEND : number >= sends ? Direction.RECV : Direction.BOTH;
            int op = number == 0 ? first : ops.add(lane, -1, direction, null, startNs, endNs);
            for (boolean send : new boolean[] {true, false}) {
                boolean isOnly = number == 0 && calls.count(group, send) == 1;
                if (!isOnly && number < calls.count(group, send)) {
                    int said = payloads.ofRange(calls.call(group, send, number));
                    place(op, send, said);
                    ops.move(op, send, payloads.bytes(said));
                }
            }
            if (number > 0) {
                ops.markKernel(op, ops.stream(first));
                ops.issue(op, ops.issuedNs(first));
                ops.describeAs(op, first);
            }
        }
    }

    /** The row that describes a kernel, by itself or by NCCL's range around its launch; -1 where none does. */
    private IntUnaryOperator described(Launches launches) {
        Map<Integer, RangeIndex> indexes = new HashMap<>();
        ncclOfThread.forEach((thread, ranges) -> indexes.put(thread, labelled.index(ranges)));
        return kernel -> {
            RangeIndex index = launches.isKnown(kernel) ? indexes.get(launches.thread(kernel)) : null;
            return payloads.of(kernel, index == null ? -1 : index.at(launches.timeNs(kernel)));
        };
    }

    /** What is said of NCCL's call tells the other side of what it sends, or receives. */
    private void place(int op, boolean send, int said) {
        if (said >= 0 && payloads.member(said) >= 0) {
            ops.place(op, send, payloads.group(said), payloads.member(said));
        }
    }

    /** NCCL's call says it, else what is said of the communication, else the name of a range around it. */
    private Direction hint(int nccl, int said, int hop) {
        Direction call = nccl < 0 ? Direction.UNKNOWN : calls.direction(nccl);
        if (call == Direction.UNKNOWN && said >= 0) {
            call = payloads.direction(said);
        }
        return call == Direction.UNKNOWN && hop >= 0 ? hopNames.direction(hop) : call;
    }

    private static int[] p2pByStart(KernelTable kernels) {
        IntColumn p2p = new IntColumn();
        LongColumn start = new LongColumn();
        int candidates = kernels.count(KernelKind.P2P) == 0 ? 0 : kernels.size();
        for (int k = 0; k < candidates; k++) {
            if (kernels.kind(k) == KernelKind.P2P) {
                p2p.add(k);
                start.add(kernels.startNs(k));
            }
        }
        return Arrays.stream(RadixOrder.of(start.toArray())).map(p2p::get).toArray();
    }

    private void addCopies(Launches launches, int[] laneOfCopy) {
        CopyTable copies = trace.copies();
        int[] moved = java.util.stream.IntStream.range(0, copies.size())
                .filter(c -> copies.kind(c) != CopyKind.LOCAL)
                .toArray();
        int[] range = innermost(launches, moved, transfersOfThread);
        for (int i = 0; i < moved.length; i++) {
            int c = moved[i];
            int lane = laneOfCopy[c];
            if (copies.kind(c) == CopyKind.PEER) {
                int source = copies.source(c) < 0 ? lane : lanes.find(copies.process(c), copies.source(c));
                int target = lanes.find(copies.process(c), copies.target(c));
                int from = source < 0 ? lane : source;
                int op = add(from, target, Direction.COPY, range[i], copies.startNs(c), copies.endNs(c));
                issue(op, launches, c);
                move(op, copies.bytes(c));
            } else if (range[i] >= 0) {
                int op = add(lane, -1, Direction.UNKNOWN, range[i], copies.startNs(c), copies.endNs(c));
                move(op, copies.bytes(c));
            }
        }
    }

    /** What a copy moves is both sent and received. */
    private void move(int op, long bytes) {
        ops.move(op, true, bytes);
        ops.move(op, false, bytes);
    }

    private void issue(int op, Launches launches, int row) {
        if (launches.isKnown(row)) {
            ops.issue(op, launches.timeNs(row));
        }
    }

    private int add(int lane, int target, Direction hint, int range, long startNs, long endNs) {
        if (range < 0) {
            return ops.add(lane, target, hint, null, startNs, endNs);
        }
        Label label = labelled.labels(range).get(0);
        long key = ((long) range << Integer.SIZE) | lane;
        Direction direction = hint == Direction.COPY ? hint : direction(label);
        int op = opOfRange.computeIfAbsent(key, r -> ops.add(lane, target, direction, label, startNs, endNs));
        ops.widen(op, startNs, endNs);
        return op;
    }

    /** The innermost of the given ranges around the launch of each of {@code some} rows, or -1. */
    private int[] innermost(Launches launches, int[] some, Map<Integer, int[]> rangesOfThread) {
        Map<Integer, RangeIndex> indexes = new HashMap<>();
        rangesOfThread.forEach((thread, ranges) -> indexes.put(thread, labelled.index(ranges)));
        int[] found = new int[some.length];
        for (int i = 0; i < found.length; i++) {
            RangeIndex index = launches.isKnown(some[i]) ? indexes.get(launches.thread(some[i])) : null;
            found[i] = index == null ? -1 : index.at(launches.timeNs(some[i]));
        }
        return found;
    }

    private static Direction direction(Label label) {
        return label.role() == Role.SEND ? Direction.SEND : Direction.RECV;
    }
}
