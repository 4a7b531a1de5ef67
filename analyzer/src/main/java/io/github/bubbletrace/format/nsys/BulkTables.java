package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.SqliteTables;
import io.github.bubbletrace.format.sqlite.Wanted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The large tables of one export, read straight from the file's pages where that leaves no doubt. */
final class BulkTables {

    private final Map<String, ColumnBlock> blocks = new HashMap<>();

    private BulkTables() {}

    /** No table, so that all are read through SQLite's library. */
    static BulkTables none() {
        return new BulkTables();
    }

    /** Reads what it can of the tables that {@code wanted} names. */
    static BulkTables read(Path file, Map<String, List<Wanted>> wanted) {
        BulkTables bulk = new BulkTables();
        Optional<SqliteTables> opened = SqliteTables.open(file);
        if (opened.isPresent()) {
            try (SqliteTables tables = opened.get()) {
                wanted.forEach((table, columns) ->
                        tables.read(table, columns).ifPresent(block -> bulk.blocks.put(table, block)));
            }
        }
        return bulk;
    }

    /** Hands out {@code table} once, so that its memory goes with its reader. */
    Optional<ColumnBlock> take(String table) {
        return Optional.ofNullable(blocks.remove(table));
    }
}
