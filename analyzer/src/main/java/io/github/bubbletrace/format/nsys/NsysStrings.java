package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.RecentIds;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The export's StringIds table, mapped to the string pool of the trace. */
final class NsysStrings {

    static final String TABLE = "StringIds";
    static final List<Wanted> COLUMNS = List.of(Wanted.longs("id"), Wanted.texts("value"));

    /** Longest text kept of a name; longer ones are damage or whole messages. */
    private static final int MAX_LENGTH = 4096;

    private final TraceBuilder builder;
    private final Map<Long, Integer> poolIds = new HashMap<>();
    private final int unknown;

    NsysStrings(TableReader reader, TraceBuilder builder) {
        this.builder = builder;
        unknown = builder.strings().intern("");
        if (!reader.hasColumn(TABLE, "id") || !reader.hasColumn(TABLE, "value")) {
            return;
        }
        ColumnBlock rows = reader.read(TABLE, COLUMNS);
        for (int row = 0; row < rows.rows(); row++) {
            poolIds.put(rows.longs(0)[row], intern(rows.texts(1)[row]));
        }
    }

    /** Pool id of string {@code id} of the export; the empty string, counted, where it is not there. */
    int poolId(long id) {
        Integer known = poolIds.get(id);
        builder.log().count(Oddity.MISSING_STRINGS, known == null ? 1 : 0);
        return known == null ? unknown : known;
    }

    /** Pool ids of strings of the export, in the same order. */
    int[] poolIds(long[] ids) {
        RecentIds recent = new RecentIds();
        int[] pooled = new int[ids.length];
        long missing = 0;
        for (int i = 0; i < ids.length; i++) {
            int known = recent.find(ids[i]);
            if (known < 0) {
                Integer mapped = poolIds.get(ids[i]);
                missing += mapped == null ? 1 : 0;
                known = mapped == null ? unknown : recent.keep(ids[i], mapped);
            }
            pooled[i] = known;
        }
        builder.log().count(Oddity.MISSING_STRINGS, missing);
        return pooled;
    }

    /** Pool id of a text that stands in its row. */
    int intern(String text) {
        if (text == null) {
            return unknown;
        }
        return builder.strings().intern(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }
}
