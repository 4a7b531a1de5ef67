package io.github.bubbletrace.simulation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Adds to a simulated export what ranks send each other beside the pipeline: those of one stage, or the first and the last
 * stage. NCCL names communicators and peers where the run's own ranges do.
 */
public final class OtherTraffic implements AutoCloseable {

    /** Longer than any pause within an iteration; iterations must be further apart. */
    private static final long PAUSE_NS = 80_000_000;

    private static final long STEP_NS = 40_000;
    private static final int STREAM = 50;
    private static final long FIRST_COMMUNICATOR = 7L << 40;
    private static final int FIRST_CORRELATION = 10_000_000;

    private record Work(long startNs, long endNs, long callNs) {}

    private final Connection connection;
    private final SimulationSpec spec;
    private final boolean fused;
    private final PreparedStatement kernel;
    private final PreparedStatement call;
    private final PreparedStatement range;
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<Integer, Long> nextCallNs = new HashMap<>();
    private int correlation = FIRST_CORRELATION;

    /**
     * Opens an export of all ranks of a run.
     *
     * @param fused whether one kernel sends and receives
     */
    public OtherTraffic(Path file, SimulationSpec spec, boolean fused) throws SQLException {
        this.spec = spec;
        this.fused = fused;
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        kernel = connection.prepareStatement(
                "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL(start, end, streamId, correlationId, gridId, demangledName,"
                        + " shortName, deviceId, globalPid, contextId, launchType, cacheConfig, registersPerThread, gridX,"
                        + " gridY, gridZ, blockX, blockY, blockZ, staticSharedMemory, dynamicSharedMemory,"
                        + " localMemoryPerThread, localMemoryTotal)"
                        + " VALUES (?, ?, ?, ?4, ?4, ?5, ?5, ?6, ?7, 1, 1, 1, 128, 132, 1, 1, 256, 1, 1, 0, 98304, 0, 0)");
        call = connection.prepareStatement(
                "INSERT INTO CUPTI_ACTIVITY_KIND_RUNTIME(start, end, correlationId, globalTid, nameId, eventClass,"
                        + " returnValue) VALUES (?, ?, ?, ?, ?, 0, 0)");
        String payload = spec.nccl().hasPayload() ? ", binaryData" : "";
        range = connection.prepareStatement("INSERT INTO NVTX_EVENTS(start, end, eventType, textId, domainId, globalTid"
                + payload + ") VALUES (?, ?, " + NvtxType.PUSH_POP + ", ?, ?, ?" + (payload.isEmpty() ? ")" : ", ?)"));
    }

    /** Keys and values go round the ranks of each stage in every task (context parallelism). */
    public void addRings() throws SQLException {
        for (List<Integer> group : stages()) {
            makeCommunicator(group);
            List<List<Work>> works = works(group, " AND s.value LIKE '%gemm%'");
            for (int k = 0; k < works.get(0).size(); k++) {
                int at = k;
                goRound(group, works.stream().map(own -> own.get(at)).toList());
            }
        }
    }

    /** The ranks of each stage exchange tokens, all with all, in every task (experts). */
    public void addExperts() throws SQLException {
        for (List<Integer> group : stages()) {
            makeCommunicator(group);
            List<List<Work>> works = works(group, " AND s.value LIKE '%gemm%'");
            for (int k = 0; k < works.get(0).size(); k++) {
                int at = k;
                exchange(group, works.stream().map(own -> own.get(at)).toList());
            }
        }
    }

    /** Gradients go round the ranks of each stage after every iteration, by send and receive. */
    public void addReplicaRings() throws SQLException {
        for (List<Integer> group : stages()) {
            makeCommunicator(group);
            for (List<Work> ends : ends(group)) {
                goRound(group, ends);
            }
        }
    }

    /** Gradients of each stage are summed over its ranks after every iteration. */
    public void addReplicaSums() throws SQLException {
        int name = string("ncclDevKernel_AllReduce_Sum_f32_RING_LL");
        for (List<Integer> group : stages()) {
            for (List<Work> ends : ends(group)) {
                long endNs = ends.stream().mapToLong(Work::endNs).max().orElseThrow();
                for (int i = 0; i < group.size(); i++) {
                    add(
                            group.get(i),
                            name,
                            0,
                            ends.get(i).startNs(),
                            endNs,
                            ends.get(i).callNs());
                }
            }
        }
    }

    /** The first and the last stage exchange the gradients of weights that both hold, once an iteration. */
    public void addTiedWeights() throws SQLException {
        List<List<Integer>> stages = stages();
        for (int i = 0; i < stages.get(0).size(); i++) {
            List<Integer> pair =
                    List.of(stages.get(0).get(i), stages.get(stages.size() - 1).get(i));
            makeCommunicator(pair);
            for (List<Work> ends : ends(pair)) {
                goRound(pair, ends);
            }
        }
    }

    /** Takes out what stages send each other. */
    public void removeHops() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE correlationId < " + FIRST_CORRELATION
                    + " AND shortName = " + string("ncclDevKernel_SendRecv"));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.commit();
        connection.close();
    }

    private List<List<Integer>> stages() {
        int ranks = spec.layout().ranks();
        return IntStream.range(0, spec.shape().devices())
                .mapToObj(place -> IntStream.range(0, ranks)
                        .filter(rank -> spec.placeOf(rank) == place)
                        .boxed()
                        .toList())
                .toList();
    }

    /** Step by step each sends to the next and receives from the one before; a step ends when all were there. */
    private void goRound(List<Integer> group, List<Work> slots) throws SQLException {
        int steps = group.size() - 1;
        long firstNs = slots.stream().mapToLong(Work::startNs).max().orElseThrow();
        long lastNs = slots.stream().mapToLong(Work::endNs).max().orElseThrow();
        long before = 0;
        for (int step = 0; step < steps; step++) {
            long endNs = firstNs + (lastNs - firstNs) * (step + 1) / steps;
            for (int i = 0; i < group.size(); i++) {
                long startNs = step == 0 ? slots.get(i).startNs() : before;
                int to = (i + 1) % group.size();
                int from = (i + group.size() - 1) % group.size();
                if (fused) {
                    call(
                            group,
                            i,
                            List.of(to),
                            List.of(from),
                            startNs,
                            endNs,
                            slots.get(i).callNs());
                } else {
                    call(
                            group,
                            i,
                            List.of(to),
                            List.of(),
                            startNs,
                            endNs,
                            slots.get(i).callNs());
                    call(
                            group,
                            i,
                            List.of(),
                            List.of(from),
                            startNs,
                            endNs,
                            slots.get(i).callNs());
                }
            }
            before = endNs;
        }
    }

    private void exchange(List<Integer> group, List<Work> slots) throws SQLException {
        long endNs = slots.stream().mapToLong(Work::endNs).max().orElseThrow();
        for (int i = 0; i < group.size(); i++) {
            int own = i;
            List<Integer> others = IntStream.range(0, group.size())
                    .filter(place -> place != own)
                    .boxed()
                    .toList();
            call(
                    group,
                    i,
                    others,
                    others,
                    slots.get(i).startNs(),
                    endNs,
                    slots.get(i).callNs());
        }
    }

    /** One kernel and the calls that launch it. */
    private void call(
            List<Integer> group,
            int place,
            List<Integer> to,
            List<Integer> from,
            long startNs,
            long endNs,
            long wantedNs)
            throws SQLException {
        int rank = group.get(place);
        long atNs = Math.max(wantedNs, nextCallNs.getOrDefault(rank, 0L));
        boolean grouped = to.size() + from.size() > 1;
        if (spec.nccl() != NcclDetail.NONE) {
            if (grouped) {
                add(rank, "ncclGroupStart", null, atNs, atNs + 1);
                atNs += 2;
            }
            for (boolean send : new boolean[] {true, false}) {
                for (int peer : send ? to : from) {
                    NcclMessage.Schema schema = send ? NcclMessage.Schema.SEND : NcclMessage.Schema.RECEIVE;
                    NcclMessage message = NcclMessage.of(schema, communicator(group), 1 << 20, peer);
                    add(rank, send ? "ncclSend" : "ncclRecv", message, atNs, atNs + (grouped ? 1 : 10));
                    atNs += grouped ? 2 : 0;
                }
            }
            if (grouped) {
                add(rank, "ncclGroupEnd", null, atNs, atNs + 10);
            }
        }
        add(rank, string("ncclDevKernel_SendRecv"), from.isEmpty() ? 0 : 1, startNs, endNs, atNs + 2);
        nextCallNs.put(rank, atNs + 12);
    }

    private void add(int rank, int name, int stream, long startNs, long endNs, long callNs) throws SQLException {
        NsysProcess process = process(rank);
        correlation++;
        set(kernel, startNs, endNs, STREAM + stream, correlation, name, process.deviceId(), process.globalPid());
        set(call, callNs, callNs + 5, correlation, thread(process), string("cudaLaunchKernel_v7000"));
    }

    private void add(int rank, String name, NcclMessage message, long startNs, long endNs) throws SQLException {
        NsysProcess process = process(rank);
        Object[] values = {startNs, endNs, string(name), process.ncclDomain(), thread(process), null};
        if (message != null) {
            values[values.length - 1] = message.bytes(process.ncclDomain());
        }
        set(range, spec.nccl().hasPayload() ? values : java.util.Arrays.copyOf(values, values.length - 1));
    }

    private void makeCommunicator(List<Integer> group) throws SQLException {
        for (int place = 0; place < group.size() && spec.nccl().hasPayload(); place++) {
            NsysProcess process = process(group.get(place));
            NcclMessage made = NcclMessage.of(
                    NcclMessage.Schema.INIT, communicator(group), group.size(), place, process.deviceId());
            add(group.get(place), "ncclCommInitRank", made, place + 1, place + 2);
        }
    }

    private static long communicator(List<Integer> group) {
        return FIRST_COMMUNICATOR + group.get(0) * 1000L + group.get(1);
    }

    private static NsysProcess process(int rank) {
        return new NsysProcess(rank, rank);
    }

    /** Another than the one that launches tasks. */
    private static long thread(NsysProcess process) {
        return process.globalTid() + 1;
    }

    private int string(String text) throws SQLException {
        Integer known = strings.get(text);
        if (known != null) {
            return known;
        }
        int id;
        try (PreparedStatement find = connection.prepareStatement("SELECT min(id) FROM StringIds WHERE value = ?")) {
            find.setString(1, text);
            id = find.executeQuery().getInt(1);
        }
        if (id == 0) {
            id = 1_000_000 + strings.size();
            try (PreparedStatement add = connection.prepareStatement("INSERT INTO StringIds VALUES (?, ?)")) {
                add.setInt(1, id);
                add.setString(2, text);
                add.execute();
            }
        }
        strings.put(text, id);
        return id;
    }

    /** The kernels of tasks on each rank of a group: times within them. */
    private List<List<Work>> works(List<Integer> group, String where) throws SQLException {
        List<List<Work>> works = new ArrayList<>();
        for (int rank : group) {
            List<Work> own = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT k.start, k.end, r.start FROM"
                            + " CUPTI_ACTIVITY_KIND_KERNEL k JOIN CUPTI_ACTIVITY_KIND_RUNTIME r ON r.correlationId ="
                            + " k.correlationId AND r.globalTid = "
                            + process(rank).globalTid()
                            + " JOIN StringIds s ON s.id = k.shortName WHERE k.streamId = 7 AND k.globalPid = "
                            + process(rank).globalPid() + where + " ORDER BY k.start")) {
                while (row.next()) {
                    own.add(new Work(row.getLong(1) + 2000, row.getLong(2) - 2000, row.getLong(3)));
                }
            }
            works.add(own);
        }
        return works;
    }

    /** After the last task of each iteration, for each rank of a group: from then until all are there and a little longer. */
    private List<List<Work>> ends(List<Integer> group) throws SQLException {
        List<List<Work>> lasts = new ArrayList<>();
        for (List<Work> own : works(group, "")) {
            List<Work> last = new ArrayList<>();
            for (int k = 0; k < own.size(); k++) {
                if (k + 1 == own.size() || own.get(k + 1).startNs() > own.get(k).endNs() + PAUSE_NS) {
                    last.add(own.get(k));
                }
            }
            lasts.add(last);
        }
        List<List<Work>> ends = new ArrayList<>();
        for (int iteration = 0; iteration < lasts.get(0).size(); iteration++) {
            int at = iteration;
            long allNs =
                    lasts.stream().mapToLong(last -> last.get(at).endNs()).max().orElseThrow()
                            + 200_000
                            + STEP_NS * group.size();
            ends.add(lasts.stream()
                    .map(last -> new Work(
                            last.get(at).endNs() + 100_000, allNs, last.get(at).callNs() + 1000))
                    .toList());
        }
        return ends;
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.execute();
    }
}
