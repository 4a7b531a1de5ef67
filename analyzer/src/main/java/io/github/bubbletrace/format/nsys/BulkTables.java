package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.SqliteTables;
import io.github.bubbletrace.format.sqlite.Wanted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** The tables of one export, read straight from the file's pages where that leaves no doubt. */
final class BulkTables {

    private final Map<String, ColumnBlock> blocks = new HashMap<>();
    private final Map<String, Set<String>> columns;

    private BulkTables(Map<String, Set<String>> columns) {
        this.columns = columns;
    }

    /** Reads what it can of the tables that {@code wanted} names. */
    static BulkTables read(Path file, Map<String, List<Wanted>> wanted, LongConsumer progress) {
        Optional<SqliteTables> opened = SqliteTables.open(file, progress);
        if (opened.isEmpty()) {
            return new BulkTables(null);
        }
        try (SqliteTables tables = opened.get()) {
            BulkTables bulk = new BulkTables(tables.columns().orElse(null));
            wanted.forEach(
                    (table, columns) -> tables.read(table, columns).ifPresent(block -> bulk.blocks.put(table, block)));
            return bulk;
        }
    }

    /** The columns of every table of the file, in lower case; empty where only the library knows them. */
    Optional<Map<String, Set<String>>> columns() {
        return Optional.ofNullable(columns);
    }

    /** Hands out {@code table} once, so that its memory goes with its reader. */
    Optional<ColumnBlock> take(String table) {
        return Optional.ofNullable(blocks.remove(table));
    }
}
