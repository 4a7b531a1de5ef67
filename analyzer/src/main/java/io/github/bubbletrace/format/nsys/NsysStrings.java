package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.RecentIds;
import io.github.bubbletrace.trace.TraceBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The export's StringIds table, mapped to the string pool of the trace. */
final class NsysStrings {

    /** Longest text kept of a name; longer ones are damage or whole messages. */
    private static final int MAX_LENGTH = 4096;

    private final TraceBuilder builder;
    private final Map<Long, Integer> poolIds = new HashMap<>();
    private final int unknown;

    NsysStrings(NsysDatabase database, TraceBuilder builder) throws SQLException {
        this.builder = builder;
        unknown = builder.strings().intern("");
        if (!database.hasColumn("StringIds", "id") || !database.hasColumn("StringIds", "value")) {
            return;
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("select id, value from StringIds")) {
            for (long row = 0; rows.next(); row++) {
                database.requirePlausible(row);
                poolIds.put(rows.getLong(1), intern(rows.getString(2)));
            }
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
