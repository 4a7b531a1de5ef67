package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** NVTX ranges, domains and thread names. Texts stand in the row or, when registered, in StringIds. */
final class NvtxTable {

    static final String TABLE = "NVTX_EVENTS";

    private static final int THREAD_NAME = 39;
    private static final int DOMAIN_CREATE = 75;

    /** Places in {@link #COLUMNS}. */
    private static final int START = 0;

    private static final int END = 1;
    private static final int THREAD = 2;
    private static final int EVENT_TYPE = 3;
    private static final int DOMAIN = 4;
    private static final int TEXT_ID = 5;
    private static final int TEXT = 6;
    private static final Pattern MPI_RANK = Pattern.compile(".*\\bMPI Rank (\\d{1,7})\\b.*");

    private static final List<Wanted> OWN_COLUMNS = List.of(
            Wanted.longs("start"),
            Wanted.longs("end"),
            Wanted.longs("globalTid"),
            Wanted.longs("eventType"),
            Wanted.longs("domainId"),
            Wanted.longs("textId"),
            Wanted.texts("text"));

    static final List<Wanted> COLUMNS =
            Stream.concat(OWN_COLUMNS.stream(), NcclRanges.COLUMNS.stream()).toList();

    private final TableReader reader;
    private final NsysStrings strings;
    private final TraceBuilder builder;
    private final int noText;
    private final Map<Long, Map<Integer, Integer>> domains = new HashMap<>();

    NvtxTable(TableReader reader, NsysStrings strings, TraceBuilder builder) {
        this.reader = reader;
        this.strings = strings;
        this.builder = builder;
        noText = strings.intern("");
    }

    void read() {
        if (!reader.hasTable(TABLE)) {
            return;
        }
        reader.require(TABLE, "start", "end", "eventType", "globalTid");
        ColumnBlock rows = reader.read(TABLE, COLUMNS);
        boolean hasDomains = reader.hasColumn(TABLE, "domainId");
        for (int row = 0; row < rows.rows(); row++) {
            long type = rows.longs(EVENT_TYPE)[row];
            if (type == DOMAIN_CREATE && hasDomains) {
                addDomain(rows, row);
            } else if (type == THREAD_NAME) {
                addThreadName(rows, row);
            }
        }
        NcclRanges nccl = new NcclRanges(builder, strings, new PayloadSchemas(reader), rows, OWN_COLUMNS.size());
        for (int row = 0; row < rows.rows(); row++) {
            if (isRange(rows.longs(EVENT_TYPE)[row])) {
                addRange(rows, row, nccl);
            }
        }
        nccl.finish();
    }

    /** Domain numbers are per process. */
    private void addDomain(ColumnBlock rows, int row) {
        domains.computeIfAbsent(orZero(rows, DOMAIN, row), d -> new HashMap<>())
                .put(builder.process(orZero(rows, THREAD, row)), text(rows, row));
    }

    private void addThreadName(ColumnBlock rows, int row) {
        Matcher rank = MPI_RANK.matcher(builder.strings().get(text(rows, row)));
        if (rank.matches()) {
            builder.nameRank(builder.process(orZero(rows, THREAD, row)), Integer.parseInt(rank.group(1)));
        }
    }

    private void addRange(ColumnBlock rows, int row, NcclRanges nccl) {
        long start = rows.longs(START)[row];
        int thread = builder.thread(orZero(rows, THREAD, row));
        int process = builder.process(orZero(rows, THREAD, row));
        int domain = domains.getOrDefault(orZero(rows, DOMAIN, row), Map.of()).getOrDefault(process, noText);
        int text = text(rows, row);
        int range = rows.longs(END)[row] == ColumnBlock.NULL
                ? builder.addOpenRange(start, thread, text, domain)
                : builder.addRange(start, rows.longs(END)[row], thread, text, domain);
        nccl.describe(row, range, process, builder.strings().get(text), orZero(rows, DOMAIN, row));
    }

    private static boolean isRange(long type) {
        return type == 59 || type == 60 || type == 70 || type == 71;
    }

    private static long orZero(ColumnBlock rows, int column, int row) {
        long value = rows.longs(column)[row];
        return value == ColumnBlock.NULL ? 0 : value;
    }

    private int text(ColumnBlock rows, int row) {
        String plain = rows.texts(TEXT)[row];
        if (plain != null) {
            return strings.intern(plain);
        }
        long id = rows.longs(TEXT_ID)[row];
        return id == ColumnBlock.NULL ? noText : strings.poolId(id);
    }
}
