package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Action;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** Writes what one rank did: its launches on the host, its kernels on the device. */
final class RankWriter {

    /** The null stream's number in every export seen. */
    private static final int COMPUTE_STREAM = 7;

    private static final int COLLECTIVE_STREAM = 11;
    private static final int FIRST_NCCL_STREAM = 13;
    private static final int NULL_STREAM = 3;
    private static final int NON_BLOCKING_STREAM = 2;

    /** What every transfer moves. */
    private static final long MESSAGE_BYTES = 1 << 24;

    private final NsysTables tables;
    private final NsysProcess process;
    private final SimulationSpec spec;
    private final HostTimeline host;
    private final LongUnaryOperator clock;
    private final StreamPool pool = new StreamPool();
    private long correlation;

    /** @param clock what the file's clock shows at a moment of the run's */
    RankWriter(
            NsysTables tables, NsysProcess process, SimulationSpec spec, HostTimeline host, LongUnaryOperator clock) {
        this.tables = tables;
        this.process = process;
        this.spec = spec;
        this.host = host;
        this.clock = clock;
    }

    void write() throws SQLException {
        writeProcess();
        for (int op = 0; op < host.ops().size(); op++) {
            writeLabel(op);
            writeParts(op);
            writeLaunches(op);
        }
        writeSteps();
        writeStreams();
    }

    private void writeProcess() throws SQLException {
        tables.row("PROCESSES", "globalPid, pid, name", process.globalPid(), process.pid(), "python3");
        tables.row("ThreadNames", "nameId, priority, globalTid", tables.string("python3"), 20, process.globalTid());
        tables.row(
                "TARGET_INFO_GPU",
                "vmId, id, name, busLocation, isDiscrete, uuid, cuDevice",
                NsysProcess.VM_ID,
                process.deviceId(),
                "Simulated GPU",
                String.format(Locale.ROOT, "0000:%02X:00.0", process.deviceId() + 1),
                1,
                String.format(Locale.ROOT, "00000000-0000-0000-0000-%012x", process.rank()),
                process.deviceId());
        tables.row(
                "TARGET_INFO_CUDA_CONTEXT_INFO",
                "nullStreamId, hwId, vmId, processId, deviceId, contextId",
                COMPUTE_STREAM,
                0,
                1,
                process.pid(),
                process.deviceId(),
                1);
        long firstNs = at(host.startNs(0));
        tables.threadName(process, "MPI Rank " + process.rank(), firstNs - NsysWriter.LEAD_NS / 2);
        if (spec.nccl() != NcclDetail.NONE) {
            tables.ncclDomain(process, firstNs - NsysWriter.LEAD_NS / 4);
        }
        if (spec.nccl().hasPayload()) {
            tables.ncclSchemas(process);
            NcclMessage made = NcclMessage.of(
                    NcclMessage.Schema.INIT,
                    communicator(),
                    spec.shape().devices(),
                    spec.placeOf(process.rank()),
                    process.deviceId());
            tables.ncclRange(
                    process,
                    "ncclCommInitRank",
                    made,
                    firstNs - NsysWriter.LEAD_NS / 5,
                    firstNs - NsysWriter.LEAD_NS / 6);
        }
    }

    private void writeLabel(int op) throws SQLException {
        DeviceOp what = host.ops().get(op);
        int iteration = spec.markOf(what.iteration(), what.action());
        Action action = spec.marked(what.action());
        if (what.role() == DeviceOp.Role.EXCHANGE) {
            return;
        }
        Optional<String> text = what.isTask()
                ? spec.labels().task(iteration, action, spec.schedule().isSplit(what.action()))
                : spec.labels().transfer(iteration, action, what.role() == DeviceOp.Role.SEND);
        if (text.isPresent() && !what.isSkip()) {
            tables.range(process, text.get() + spec.whose(process.rank()), at(host.startNs(op)), at(host.endNs(op)));
        }
    }

    private void writeLaunches(int op) throws SQLException {
        DeviceOp what = host.ops().get(op);
        if (!what.isTask() && spec.nccl() != NcclDetail.NONE) {
            writeCalls(op, what);
        }
        int stream = what.isTask()
                ? COMPUTE_STREAM + what.lane()
                : FIRST_NCCL_STREAM + pool.take(what.startNs(), what.endNs());
        List<KernelName> names = names(what);
        int kernels = host.kernels(op);
        long startNs = what.startNs();
        for (int i = 0; i < kernels; i++) {
            long endNs = what.startNs() + endNs(what, i, kernels);
            writeKernel(op, i, stream, names.get(i % names.size()), startNs, endNs);
            startNs = endNs;
        }
        for (int i = 0; i < host.collectives(op); i++) {
            long middleNs = what.startNs() + (what.endNs() - what.startNs()) / 2;
            writeCollectiveRange(op, kernels + i);
            writeKernel(op, kernels + i, COLLECTIVE_STREAM, KernelName.ALL_REDUCE, middleNs, what.endNs());
        }
    }

    private void writeCalls(int op, DeviceOp what) throws SQLException {
        long startNs = host.startNs(op) + HostTimeline.MARGIN_NS;
        long endNs = host.endNs(op) - HostTimeline.MARGIN_NS;
        if (what.role() == DeviceOp.Role.EXCHANGE) {
            long stepNs = HostTimeline.MARGIN_NS / 4;
            writeCall(true, what.peer(), startNs - 4 * stepNs, startNs - 3 * stepNs);
            writeCall(false, what.peer(), startNs - 2 * stepNs, startNs - stepNs);
            tables.ncclRange(process, "ncclGroupEnd", at(startNs), at(endNs));
        } else {
            writeCall(what.role() == DeviceOp.Role.SEND, what.peer(), startNs, endNs);
        }
    }

    private void writeCall(boolean send, int peer, long startNs, long endNs) throws SQLException {
        NcclMessage.Schema schema = send ? NcclMessage.Schema.SEND : NcclMessage.Schema.RECEIVE;
        tables.ncclRange(
                process,
                send ? "ncclSend" : "ncclRecv",
                NcclMessage.of(schema, communicator(), MESSAGE_BYTES, peer),
                at(startNs),
                at(endNs));
    }

    private void writeCollectiveRange(int op, int number) throws SQLException {
        if (spec.nccl().hasPayload()) {
            tables.ncclRange(
                    process,
                    "ncclAllReduce",
                    NcclMessage.of(NcclMessage.Schema.ALL_REDUCE, lanesCommunicator(), MESSAGE_BYTES),
                    at(callNs(op, number) - HostTimeline.MARGIN_NS / 2),
                    at(callNs(op, number) + HostTimeline.CALL_NS + HostTimeline.MARGIN_NS / 2));
        }
    }

    /** The same on the tensor-parallel ranks of a stage. */
    private long lanesCommunicator() {
        return 1L << 32 | (long) spec.replicaOf(process.rank()) << 16 | spec.placeOf(process.rank());
    }

    /** The same on all ranks of a pipeline, with the highest bit set, as hashes have it as often as not. */
    private long communicator() {
        return Long.MIN_VALUE + 1 + spec.pipelineOf(process.rank());
    }

    private int parts(DeviceOp what) {
        return what.isTask() ? spec.model().parts(what.action().chunk()) : 0;
    }

    /** From an operation's start to the end of its {@code kernel}-th kernel: those of a part share its time evenly. */
    private long endNs(DeviceOp what, int kernel, int kernels) {
        long lengthNs = what.endNs() - what.startNs();
        if (parts(what) == 0 || kernel + 1 == kernels) {
            return partNs(lengthNs, kernel + 1, kernels);
        }
        int part = kernel / spec.kernelsPerTask();
        int chunk = what.action().chunk();
        double from = spec.model().before(chunk, part);
        double to = spec.model().before(chunk, part + 1);
        double share = (kernel % spec.kernelsPerTask() + 1.0) / spec.kernelsPerTask();
        return Math.round(lengthNs * (from + (to - from) * share));
    }

    private void writeParts(int op) throws SQLException {
        DeviceOp what = host.ops().get(op);
        for (int part = 0; part < parts(what); part++) {
            int chunk = what.action().chunk();
            Optional<String> text = spec.labels()
                    .part(spec.model().layer(chunk, part), spec.model().name(chunk, part));
            if (text.isPresent()) {
                int first = part * spec.kernelsPerTask();
                int last = first + spec.kernelsPerTask() - 1;
                tables.range(
                        process,
                        text.get(),
                        at(callNs(op, first) - HostTimeline.MARGIN_NS / 2),
                        at(callNs(op, last) + HostTimeline.CALL_NS + HostTimeline.MARGIN_NS / 2));
            }
        }
    }

    private long callNs(int op, int number) {
        return host.startNs(op) + 2 * HostTimeline.MARGIN_NS + number * HostTimeline.CALL_STEP_NS;
    }

    /** The {@code number}-th launch of an operation. */
    private void writeKernel(int op, int number, int stream, KernelName name, long startNs, long endNs)
            throws SQLException {
        long callNs = callNs(op, number);
        correlation++;
        tables.call(process, correlation, at(callNs), at(callNs) + HostTimeline.CALL_NS);
        tables.kernel(process, stream, correlation, name, at(startNs), at(endNs));
    }

    private long at(long runNs) {
        return clock.applyAsLong(runNs);
    }

    private List<KernelName> names(DeviceOp what) {
        return what.isTask()
                ? KernelName.layer(what.action().phase(), spec.schedule().isSplit(what.action()))
                : List.of(KernelName.SEND_RECEIVE);
    }

    /** The first {@code part} of {@code parts} parts of a time, without overflow for long times. */
    private static long partNs(long wholeNs, int part, int parts) {
        return wholeNs / parts * part + wholeNs % parts * part / parts;
    }

    private void writeSteps() throws SQLException {
        if (spec.iterations() == 1) {
            return;
        }
        int first = 0;
        for (int op = 1; op <= host.ops().size(); op++) {
            int iteration = host.ops().get(first).iteration();
            if (op == host.ops().size() || host.ops().get(op).iteration() != iteration) {
                writeStep(iteration, first, op - 1);
                first = op;
            }
        }
    }

    private void writeStep(int iteration, int first, int last) throws SQLException {
        Optional<String> text = spec.labels().step(iteration);
        if (text.isPresent()) {
            tables.range(
                    process,
                    text.get(),
                    at(host.startNs(first) - HostTimeline.MARGIN_NS),
                    at(host.endNs(last) + HostTimeline.MARGIN_NS));
        }
    }

    private void writeStreams() throws SQLException {
        writeStream(COMPUTE_STREAM, NULL_STREAM);
        if (!spec.schedule().joined().isEmpty()) {
            writeStream(COMPUTE_STREAM + 1, NON_BLOCKING_STREAM);
        }
        if (spec.collectivesPerTask() > 0) {
            writeStream(COLLECTIVE_STREAM, NON_BLOCKING_STREAM);
        }
        for (int stream = 0; stream < pool.size(); stream++) {
            writeStream(FIRST_NCCL_STREAM + stream, NON_BLOCKING_STREAM);
        }
    }

    private void writeStream(int stream, int flag) throws SQLException {
        tables.row(
                "TARGET_INFO_CUDA_STREAM",
                "streamId, hwId, vmId, processId, contextId, priority, flag",
                stream,
                0,
                1,
                process.pid(),
                1,
                0,
                flag);
    }
}
