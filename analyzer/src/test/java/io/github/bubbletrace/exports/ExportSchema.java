package io.github.bubbletrace.exports;

import java.util.List;

/** The tables of a version of Nsight Systems' SQLite export, as far as they matter here. */
enum ExportSchema {
    /** 2020.3: no metadata, no session start. */
    V2020(null, null),
    /** 2022.1. */
    V2_9("EXPORT_META_DATA", "2.9.1"),
    /** 2024.2. */
    V3_11("META_DATA_EXPORT", "3.11.1");

    static final String KERNEL = "CUPTI_ACTIVITY_KIND_KERNEL";
    static final String CALL = "CUPTI_ACTIVITY_KIND_RUNTIME";
    static final String COPY = "CUPTI_ACTIVITY_KIND_MEMCPY";
    static final String MEMSET = "CUPTI_ACTIVITY_KIND_MEMSET";
    static final String GRAPH = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
    static final String NVTX = "NVTX_EVENTS";
    static final String SESSION = "TARGET_INFO_SESSION_START_TIME";

    private static final String GPU_WORK = "(start INTEGER NOT NULL, end INTEGER NOT NULL, deviceId INTEGER NOT NULL,"
            + " contextId INTEGER NOT NULL, streamId INTEGER NOT NULL, correlationId INTEGER, globalPid INTEGER";

    private final String metadata;
    private final String version;

    ExportSchema(String metadata, String version) {
        this.metadata = metadata;
        this.version = version;
    }

    /** The table of the producer's version, or null where this form has none. */
    String metadata() {
        return metadata;
    }

    String version() {
        return version;
    }

    /** Statements that create the tables, which stay empty where nothing is recorded. */
    List<String> tables() {
        return List.of(
                "CREATE TABLE StringIds (id INTEGER NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
                "CREATE TABLE " + KERNEL + GPU_WORK + ", demangledName INTEGER NOT NULL, shortName INTEGER NOT NULL)",
                "CREATE TABLE " + COPY + GPU_WORK + ", bytes INTEGER NOT NULL, copyKind INTEGER NOT NULL,"
                        + " srcDeviceId INTEGER, dstDeviceId INTEGER)",
                "CREATE TABLE " + MEMSET + GPU_WORK + ", value INTEGER, bytes INTEGER)",
                "CREATE TABLE " + GRAPH + GPU_WORK + ", graphId INTEGER)",
                "CREATE TABLE " + CALL + " (start INTEGER NOT NULL, end INTEGER NOT NULL, eventClass INTEGER NOT NULL,"
                        + " globalTid INTEGER, correlationId INTEGER, nameId INTEGER NOT NULL, returnValue INTEGER)",
                "CREATE TABLE " + NVTX + " (start INTEGER NOT NULL, end INTEGER, eventType INTEGER NOT NULL,"
                        + " rangeId INTEGER, text TEXT, globalTid INTEGER, endGlobalTid INTEGER, textId INTEGER,"
                        + " domainId INTEGER)");
    }
}
