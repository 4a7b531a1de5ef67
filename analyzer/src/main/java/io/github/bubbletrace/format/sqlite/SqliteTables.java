package io.github.bubbletrace.format.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Reads whole columns of an SQLite file straight from its pages, several times faster than through SQLite's library. It
 * answers only where file and table leave no doubt, and then exactly as the library would; the library has to read the
 * rest: files with a write-ahead log, texts that are not UTF-8, tables without rowid, views, damage of any kind.
 */
public final class SqliteTables implements AutoCloseable {

    private static final int SCHEMA_ROOT = 1;

    private final FileChannel channel;
    private final FileHeader header;
    private final LongConsumer progress;
    private final Map<String, TableSchema> tables = new HashMap<>();

    /** Whether every entry of the schema is understood, so that a table which is not in it does not exist. */
    private boolean isWhole = true;

    private SqliteTables(FileChannel channel, FileHeader header, LongConsumer progress) {
        this.channel = channel;
        this.header = header;
        this.progress = progress;
        readSchema();
    }

    /** Opens {@code file}; empty where it has to be left to the library. */
    public static Optional<SqliteTables> open(Path file) {
        return open(file, bytes -> {});
    }

    /** The same, telling {@code progress} how many bytes more were read, from any thread. */
    public static Optional<SqliteTables> open(Path file, LongConsumer progress) {
        FileChannel channel = null;
        try {
            DoubtException.unless(!hasLog(file), "write-ahead log");
            channel = FileChannel.open(file, StandardOpenOption.READ);
            ByteBuffer head = ByteBuffer.allocate(FileHeader.BYTES);
            DoubtException.unless(channel.read(head, 0) == FileHeader.BYTES, "short file");
            FileHeader header = FileHeader.of(head.array(), channel.size());
            return Optional.of(new SqliteTables(channel, header, progress));
        } catch (IOException | DoubtException e) {
            close(channel);
            return Optional.empty();
        }
    }

    /** The columns of every table, in lower case; empty where the schema holds anything that the library has to read. */
    public Optional<Map<String, Set<String>>> columns() {
        if (!isWhole) {
            return Optional.empty();
        }
        Map<String, Set<String>> columns = new HashMap<>();
        tables.forEach((table, schema) -> columns.put(
                table,
                schema.columns().stream().map(TableSchema.Column::name).collect(Collectors.toUnmodifiableSet())));
        return Optional.of(columns);
    }

    /** The wanted columns of {@code table}; empty where it is absent or has to be left to the library. */
    public Optional<ColumnBlock> read(String table, List<Wanted> wanted) {
        TableSchema schema = tables.get(table);
        if (schema == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TableScan(new PageSource(channel, header, progress), schema, wanted).read());
        } catch (DoubtException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    private static boolean hasLog(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    /** Tables whose definition is in doubt are left out. */
    private void readSchema() {
        TableSchema master = new TableSchema(
                SCHEMA_ROOT,
                CreateTable.columns(
                        "m", "create table m (type text, name text, tbl_name text, rootpage int, sql text)"));
        List<Wanted> wanted =
                List.of(Wanted.texts("type"), Wanted.texts("name"), Wanted.ints("rootpage", 0), Wanted.texts("sql"));
        ColumnBlock rows = new TableScan(new PageSource(channel, header, progress), master, wanted).read();
        for (int row = 0; row < rows.rows(); row++) {
            boolean plain =
                    "table".equals(rows.texts(0)[row]) && rows.texts(1)[row] != null && rows.texts(3)[row] != null;
            boolean understood = plain && add(rows.texts(1)[row], rows.ints(2)[row], rows.texts(3)[row]);
            isWhole &= understood || "index".equals(rows.texts(0)[row]);
        }
    }

    private boolean add(String name, int root, String sql) {
        try {
            DoubtException.unless(root > SCHEMA_ROOT && root <= header.pages(), "root of a table");
            TableSchema twice = tables.put(name, new TableSchema(root, CreateTable.columns(name, sql)));
            DoubtException.unless(twice == null, "table defined twice");
            return true;
        } catch (DoubtException e) {
            tables.remove(name);
            return false;
        }
    }
}
