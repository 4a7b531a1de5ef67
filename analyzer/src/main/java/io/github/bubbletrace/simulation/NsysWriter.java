package io.github.bubbletrace.simulation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes a simulated run in the tables and columns of a Nsight Systems export of schema 3.11, with payloads as in schema
 * 3.25 where those are asked for. Each rank is a process with
 * one device, a compute stream and as many communication streams as its transfers need side by side. The same run always
 * gives the same file.
 */
public final class NsysWriter {

    /** From the start of a session to its first launch. */
    static final long LEAD_NS = 1_000_000;

    /** Each replica runs so much after the one before it: they wait for each other once an iteration, not in between. */
    private static final long REPLICA_STEP_NS = 137_731;

    /** 2026-01-01T00:00:00Z. */
    private static final long EPOCH_NS = 1_767_225_600_000_000_000L;

    /** Each file's session starts this much after the one before it, so that files do not align by themselves. */
    private static final long SESSION_STEP_NS = 1_234_567;

    private final Simulation simulation;
    private final List<HostTimeline> hosts = new ArrayList<>();
    private final int ranksPerFile;

    private NsysWriter(Simulation simulation) {
        this.simulation = simulation;
        SimulationSpec spec = simulation.spec();
        List<HostTimeline> places = DeviceTimeline.of(simulation).stream()
                .map(ops -> new HostTimeline(ops, spec::kernels, spec.collectivesPerTask()))
                .toList();
        for (int rank = 0; rank < spec.layout().ranks(); rank++) {
            hosts.add(places.get(spec.placeOf(rank)));
        }
        ranksPerFile = spec.ranksPerFile() == 0 ? hosts.size() : spec.ranksPerFile();
    }

    /**
     * Writes {@code simulation}. Each file appears under its name when it is complete; a file of that name is replaced.
     *
     * @param target the file; with ranks per file, the folder for {@code rank0.sqlite} and so on, or
     *     {@code ranks0-3.sqlite} where several ranks share a file
     * @return the files written
     * @throws IOException where a file cannot be written, or the folder holds traces of another run
     */
    public static List<Path> write(Simulation simulation, Path target) throws IOException {
        NsysWriter writer = new NsysWriter(simulation);
        Map<Path, Integer> firstRank = writer.files(target);
        if (simulation.spec().ranksPerFile() > 0) {
            Files.createDirectories(target);
            refuseOthers(target, firstRank.keySet());
        }
        for (Map.Entry<Path, Integer> file : firstRank.entrySet()) {
            writer.writeFile(file.getKey(), file.getValue());
        }
        return List.copyOf(firstRank.keySet());
    }

    /** Each file with the first of its ranks. */
    private Map<Path, Integer> files(Path target) {
        Map<Path, Integer> files = new LinkedHashMap<>();
        for (int first = 0; first < hosts.size(); first += ranksPerFile) {
            boolean single = simulation.spec().ranksPerFile() == 0;
            files.put(single ? target : target.resolve(fileName(first)), first);
        }
        return files;
    }

    /** A folder is read as one run, so traces left there by another would become part of this one. */
    private static void refuseOthers(Path folder, Set<Path> own) throws IOException {
        try (DirectoryStream<Path> traces = Files.newDirectoryStream(folder, "*.sqlite")) {
            for (Path trace : traces) {
                if (!own.contains(trace)) {
                    throw new IOException(trace.getFileName() + " in it is of another run: give an empty folder");
                }
            }
        }
    }

    private String fileName(int first) {
        int last = lastRank(first);
        return first == last ? "rank" + first + ".sqlite" : "ranks" + first + "-" + last + ".sqlite";
    }

    private int lastRank(int first) {
        return Math.min(hosts.size(), first + ranksPerFile) - 1;
    }

    private void writeFile(Path file, int first) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder: name a file in it");
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished = folder.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        try {
            writeTables(unfinished, first);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void writeTables(Path file, int first) throws SQLException {
        long sessionNs = first / ranksPerFile * SESSION_STEP_NS;
        long shiftNs = runStartNs() - sessionNs;
        ClockSkew skew = skew(first);
        try (NsysTables tables = new NsysTables(file, simulation.spec().nccl())) {
            writeMetaData(tables, first, sessionNs);
            for (int rank = first; rank <= lastRank(first); rank++) {
                NsysProcess process = new NsysProcess(rank, rank - first);
                long lateNs = REPLICA_STEP_NS * simulation.spec().replicaOf(rank);
                new RankWriter(
                                tables,
                                process,
                                simulation.spec(),
                                hosts.get(rank),
                                ns -> shiftNs + skew.shows(ns + lateNs))
                        .write();
            }
        }
    }

    /** Time 0 of the run on the first file's clock: late enough that no file has a time below its session's start. */
    private long runStartNs() {
        long firstLaunchNs =
                hosts.stream().mapToLong(host -> host.startNs(0)).min().orElse(0);
        long files = hosts.size() / ranksPerFile + 1L;
        long earliestSkewNs = IntStream.iterate(0, first -> first < hosts.size(), first -> first + ranksPerFile)
                .mapToLong(first -> skew(first).lateNs())
                .min()
                .orElse(0);
        return LEAD_NS + files * SESSION_STEP_NS - Math.min(0, firstLaunchNs) - Math.min(0, earliestSkewNs);
    }

    /** A skewed rank takes the other ranks of its file with it: they share its clock. */
    private ClockSkew skew(int first) {
        ClockSkew skew = ClockSkew.NONE;
        for (int rank = first; rank <= lastRank(first); rank++) {
            skew = skew.plus(simulation.spec().clockSkew().getOrDefault(rank, ClockSkew.NONE));
        }
        return skew;
    }

    private void writeMetaData(NsysTables tables, int first, long sessionNs) throws SQLException {
        String at = Instant.EPOCH
                .plusNanos(EPOCH_NS + sessionNs)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        String utc = at.substring(0, at.length() - 1);
        tables.row("TARGET_INFO_SESSION_START_TIME", "utcEpochNs, utcTime, localTime", EPOCH_NS + sessionNs, utc, utc);
        boolean payload = simulation.spec().nccl().hasPayload();
        for (String[] pair : new String[][] {
            {"EXPORT_PRODUCT_NAME", "bubbletrace simulate"},
            {"EXPORT_PRODUCT_VERSION", payload ? "2026.2.1.210" : "2024.2.3.38"},
            {"EXPORT_SCHEMA_VERSION", payload ? "3.25.0" : "3.11.1"},
            {"EXPORT_SCHEMA_VERSION_MAJOR", "3"},
            {"EXPORT_SCHEMA_VERSION_MINOR", payload ? "25" : "11"},
            {"EXPORT_SCHEMA_VERSION_MICRO", payload ? "0" : "1"}
        }) {
            tables.row("META_DATA_EXPORT", "name, value", pair[0], pair[1]);
        }
        tables.row("META_DATA_CAPTURE", "name, value", "PROCESS_0:COLLECT_NVTX_TRACE", "true");
        tables.row("META_DATA_CAPTURE", "name, value", "PROCESS_0:COLLECT_CUDA_TRACE", "true");
        if (first == lastRank(first)) {
            tables.row("META_DATA_CAPTURE", "name, value", "PROCESS_0:ENVIRONMENT_0", "RANK=" + first);
        }
    }
}
