package io.github.bubbletrace.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of one file, with a prepared insert for each that grows; all in one transaction. */
final class NsysTables implements AutoCloseable {

    private static final int BATCH = 4096;
    private static final String SCHEMA = "nsys-3.11.sql";
    private static final String PAYLOAD_SCHEMA = "nsys-3.25-payload.sql";

    private final Connection connection;
    private final NcclDetail nccl;
    private final Map<String, Integer> strings = new HashMap<>();
    private final Insert kernels;
    private final Insert calls;
    private final Insert nvtx;
    private final Insert payloads;
    private final Insert stringIds;

    /**
     * Creates the tables in a new file.
     *
     * @param nccl what of its payloads the communication library's ranges have columns for
     */
    NsysTables(Path file, NcclDetail nccl) throws SQLException {
        this.nccl = nccl;
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("PRAGMA journal_mode = OFF");
        execute("PRAGMA synchronous = OFF");
        execute("PRAGMA locking_mode = EXCLUSIVE");
        connection.setAutoCommit(false);
        for (String statement : statements(SCHEMA)) {
            execute(statement);
        }
        if (nccl.hasPayload()) {
            for (String statement : statements(PAYLOAD_SCHEMA)) {
                execute(statement);
            }
        }
        kernels = new Insert("CUPTI_ACTIVITY_KIND_KERNEL(start, end, streamId, correlationId, gridId, demangledName,"
                + " shortName, deviceId, globalPid, contextId, launchType, cacheConfig, registersPerThread, gridX,"
                + " gridY, gridZ, blockX, blockY, blockZ, staticSharedMemory, dynamicSharedMemory,"
                + " localMemoryPerThread, localMemoryTotal)"
                + " VALUES (?, ?, ?, ?4, ?4, ?, ?, ?, ?, 1, 1, 1, 128, 132, 1, 1, 256, 1, 1, 0, 98304, 0, 0)");
        calls = new Insert("CUPTI_ACTIVITY_KIND_RUNTIME(start, end, correlationId, globalTid, nameId, eventClass,"
                + " returnValue) VALUES (?, ?, ?, ?, ?, 0, 0)");
        nvtx = new Insert(
                "NVTX_EVENTS(start, end, eventType, text, textId, domainId, globalTid) VALUES (?, ?, ?, ?, ?, ?, ?)");
        payloads = nccl.hasPayload()
                ? new Insert("NVTX_EVENTS(start, end, eventType, textId, domainId, globalTid, "
                        + (nccl == NcclDetail.JSON ? "jsonText" : "binaryData") + ") VALUES (?, ?, ?, ?, ?, ?, ?)")
                : null;
        stringIds = new Insert("StringIds(id, value) VALUES (?, ?)");
    }

    /** The number of {@code text} in the table of strings; the same text keeps its number. */
    int string(String text) throws SQLException {
        Integer known = strings.get(text);
        if (known != null) {
            return known;
        }
        int id = strings.size() + 1;
        strings.put(text, id);
        stringIds.add(id, text);
        return id;
    }

    void kernel(NsysProcess process, int stream, long correlation, KernelName name, long startNs, long endNs)
            throws SQLException {
        int demangled = string(name.demangled());
        int shortName = string(name.shortName());
        kernels.add(startNs, endNs, stream, correlation, demangled, shortName, process.deviceId(), process.globalPid());
    }

    void call(NsysProcess process, long correlation, long startNs, long endNs) throws SQLException {
        calls.add(startNs, endNs, correlation, process.globalTid(), string("cudaLaunchKernel_v7000"));
    }

    /** A push/pop range with a text of its own in the default domain. */
    void range(NsysProcess process, String text, long startNs, long endNs) throws SQLException {
        nvtx.add(startNs, endNs, NvtxType.PUSH_POP, text, null, 0, process.globalTid());
    }

    /** A push/pop range of the communication library: a registered text in its own domain. */
    void ncclRange(NsysProcess process, String text, long startNs, long endNs) throws SQLException {
        nvtx.add(startNs, endNs, NvtxType.PUSH_POP, null, string(text), process.ncclDomain(), process.globalTid());
    }

    /** The same with its payload, where the export has that. */
    void ncclRange(NsysProcess process, String text, NcclMessage message, long startNs, long endNs)
            throws SQLException {
        if (payloads == null) {
            ncclRange(process, text, startNs, endNs);
            return;
        }
        Object payload = nccl == NcclDetail.JSON ? message.json() : message.bytes(process.ncclDomain());
        payloads.add(
                startNs, endNs, NvtxType.PUSH_POP, string(text), process.ncclDomain(), process.globalTid(), payload);
    }

    /** What payloads of a process hold; JSON says it itself. */
    void ncclSchemas(NsysProcess process) throws SQLException {
        for (NcclMessage.Schema schema : NcclMessage.Schema.values()) {
            row(
                    "NVTX_PAYLOAD_SCHEMAS",
                    "domainId, schemaId, type, numEntries, payloadSize",
                    process.ncclDomain(),
                    schema.id(),
                    1,
                    schema.entries(),
                    schema.bytes());
            for (int entry = 0; entry < schema.entries(); entry++) {
                row(
                        "NVTX_PAYLOAD_SCHEMA_ENTRIES",
                        "domainId, schemaId, idx, type, name, offset",
                        process.ncclDomain(),
                        schema.id(),
                        entry,
                        schema.type(entry),
                        schema.name(entry),
                        entry == 0 ? null : schema.offset(entry));
            }
        }
    }

    void threadName(NsysProcess process, String text, long atNs) throws SQLException {
        nvtx.add(atNs, null, NvtxType.THREAD_NAME, text, null, 0, process.globalTid());
    }

    void ncclDomain(NsysProcess process, long atNs) throws SQLException {
        nvtx.add(atNs, null, NvtxType.DOMAIN_CREATE, "NCCL", null, process.ncclDomain(), process.globalTid());
    }

    /** One row of a small table; {@code columns} names those that {@code values} fills. */
    void row(String table, String columns, Object... values) throws SQLException {
        String marks = "?, ".repeat(values.length - 1) + "?";
        Insert insert = new Insert(table + "(" + columns + ") VALUES (" + marks + ")");
        insert.add(values);
        insert.close();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            kernels.close();
            calls.close();
            nvtx.close();
            if (payloads != null) {
                payloads.close();
            }
            stringIds.close();
            connection.commit();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One statement a line. */
    private static List<String> statements(String name) {
        try (InputStream in = NsysTables.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A prepared insert that runs in batches. */
    private final class Insert {

        private final PreparedStatement statement;
        private int waiting;

        Insert(String into) throws SQLException {
            statement = connection.prepareStatement("INSERT INTO " + into);
        }

        void add(Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.addBatch();
            waiting++;
            if (waiting == BATCH) {
                flush();
            }
        }

        void close() throws SQLException {
            flush();
            statement.close();
        }

        private void flush() throws SQLException {
            statement.executeBatch();
            waiting = 0;
        }
    }
}
