package io.github.bubbletrace;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Puts into simulated exports what real ones have beside the pipeline, and takes parts out. */
final class TraceEdits {

    /** Longer than any pause within an iteration of 16 stages. */
    private static final long PAUSE_NS = 100_000_000;

    private TraceEdits() {}

    /** Adds an optimizer kernel on every device after each iteration; iterations are at least 200 ms apart. */
    static void addOptimizers(Path file) throws SQLException {
        add(
                file,
                "multi_tensor_apply_kernel_adam",
                "SELECT * FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE rowid IN (SELECT id FROM (SELECT rowid AS id, end,"
                        + " lead(start) OVER (PARTITION BY globalPid ORDER BY start) AS next FROM"
                        + " CUPTI_ACTIVITY_KIND_KERNEL WHERE streamId = 7) WHERE next IS NULL OR next > end + "
                        + PAUSE_NS
                        + ")",
                "start = end + 100000, end = end + 300000, correlationId = 0");
    }

    /** Adds a short collective inside every task. */
    static void addCollectives(Path file) throws SQLException {
        add(
                file,
                "ncclDevKernel_AllReduce_Sum_f32_RING_LL",
                "SELECT * FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE streamId = 7",
                "end = start + 1000, streamId = 40, correlationId = 0");
    }

    /** Adds kernels called {@code name}: copies of others, changed. */
    private static void add(Path file, String name, String others, String changed) throws SQLException {
        change(
                file,
                "INSERT INTO StringIds(id, value) SELECT 1 + max(id), '" + name + "' FROM StringIds",
                "CREATE TEMP TABLE added AS " + others,
                "UPDATE added SET " + changed + ", demangledName = (SELECT max(id) FROM StringIds), shortName = (SELECT"
                        + " max(id) FROM StringIds)",
                "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL SELECT * FROM added");
    }

    /** Moves what sends and receives to one stream of each device: all of it, or what is not on the first. */
    static void shareStream(Path file, boolean all) throws SQLException {
        String sends = " WHERE shortName IN (SELECT id FROM StringIds WHERE value LIKE 'nccl%SendRecv%')";
        change(
                file,
                "UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET streamId = (SELECT min(streamId) FROM CUPTI_ACTIVITY_KIND_KERNEL"
                        + sends + ") + " + (all ? 0 : 1) + sends
                        + (all
                                ? ""
                                : " AND streamId > (SELECT min(streamId) FROM CUPTI_ACTIVITY_KIND_KERNEL" + sends
                                        + ")"));
    }

    /** Gives the {@code count} ranks other numbers, the same ones for the same seed. */
    static void permuteRanks(Path file, int count, long seed) throws SQLException {
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(ranks, Seeds.random(seed));
        for (int rank = 0; rank < count; rank++) {
            change(
                    file,
                    "UPDATE NVTX_EVENTS SET text = 'mpi rank " + ranks.get(rank) + "' WHERE text = 'MPI Rank " + rank
                            + "'");
        }
    }

    /** Makes one kernel, launched by a group of calls, of two sends of a rank that have the same times. */
    static void groupSends(Path file) throws SQLException {
        change(
                file,
                "INSERT INTO StringIds(id, value) SELECT 1 + max(id), 'ncclGroupStart' FROM StringIds",
                "INSERT INTO StringIds(id, value) SELECT 1 + max(id), 'ncclGroupEnd' FROM StringIds",
                "CREATE TEMP TABLE sent AS SELECT k.rowid AS kernel, k.globalPid AS pid, k.start AS begun, k.end AS ended,"
                        + " n.rowid AS id, n.start AS called, n.end AS returned FROM CUPTI_ACTIVITY_KIND_KERNEL k"
                        + " JOIN CUPTI_ACTIVITY_KIND_RUNTIME r ON r.correlationId = k.correlationId"
                        + " AND r.globalTid >> 24 = k.globalPid >> 24 JOIN NVTX_EVENTS n ON n.globalTid = r.globalTid"
                        + " AND n.start < r.start AND n.end > r.end"
                        + " AND n.textId = (SELECT id FROM StringIds WHERE value = 'ncclSend')",
                "CREATE TEMP TABLE pairs AS SELECT a.kernel AS spare, a.called AS first, b.id AS id, b.called AS second,"
                        + " b.returned AS last FROM sent a JOIN sent b ON a.pid = b.pid AND a.begun = b.begun"
                        + " AND a.ended = b.ended AND a.called < b.called",
                "INSERT INTO NVTX_EVENTS(start, end, eventType, textId, domainId, globalTid) SELECT first - 50, first - 40,"
                        + " eventType, (SELECT max(id) - 1 FROM StringIds), domainId, globalTid FROM pairs JOIN NVTX_EVENTS"
                        + " n ON n.rowid = pairs.id",
                "INSERT INTO NVTX_EVENTS(start, end, eventType, textId, domainId, globalTid) SELECT second + 20, last,"
                        + " eventType, (SELECT max(id) FROM StringIds), domainId, globalTid FROM pairs JOIN NVTX_EVENTS n"
                        + " ON n.rowid = pairs.id",
                "UPDATE NVTX_EVENTS SET end = start + 10 WHERE rowid IN (SELECT id FROM pairs)",
                "DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE rowid IN (SELECT spare FROM pairs)");
    }

    /** Ends each of NCCL's kernels by less than {@code mostNs} earlier, those of the same seed alike. */
    static void loosenEnds(Path file, long mostNs, long seed) throws SQLException {
        Random random = Seeds.random(seed);
        change(
                file,
                "UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET end = max(start + 1, end - (((rowid + " + random.nextInt(1 << 16)
                        + ") * 40503) % 65521) * " + mostNs + " / 65521) WHERE shortName IN"
                        + " (SELECT id FROM StringIds WHERE value LIKE '%nccl%')");
    }

    /** Takes out all kernels that begin in the first {@code share} of the file's time. */
    static void cutBeginning(Path file, double share) throws SQLException {
        change(
                file,
                "DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE start < (SELECT min(start) + " + share
                        + " * (max(end) - min(start)) FROM CUPTI_ACTIVITY_KIND_KERNEL)");
    }

    /** Takes out all kernels that end in the last {@code share} of the file's time. */
    static void cutEnd(Path file, double share) throws SQLException {
        change(
                file,
                "DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE end > (SELECT max(end) - " + share
                        + " * (max(end) - min(start)) FROM CUPTI_ACTIVITY_KIND_KERNEL)");
    }

    private static void change(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
