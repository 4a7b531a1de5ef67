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

/**
 * Reads whole columns of an SQLite file straight from its pages, several times faster than through SQLite's library. It
 * answers only where file and table leave no doubt, and then exactly as the library would; the library has to read the
 * rest: files with a write-ahead log, texts that are not UTF-8, tables without rowid, views, damage of any kind.
 */
public final class SqliteTables implements AutoCloseable {

    private static final int SCHEMA_ROOT = 1;

    private final FileChannel channel;
    private final FileHeader header;
    private final Map<String, TableSchema> tables;

    private SqliteTables(FileChannel channel, FileHeader header, Map<String, TableSchema> tables) {
        this.channel = channel;
        this.header = header;
        this.tables = tables;
    }

    /** Opens {@code file}; empty where it has to be left to the library. */
    public static Optional<SqliteTables> open(Path file) {
        FileChannel channel = null;
        try {
            DoubtException.unless(!hasLog(file), "write-ahead log");
            channel = FileChannel.open(file, StandardOpenOption.READ);
            ByteBuffer head = ByteBuffer.allocate(FileHeader.BYTES);
            DoubtException.unless(channel.read(head, 0) == FileHeader.BYTES, "short file");
            FileHeader header = FileHeader.of(head.array(), channel.size());
            return Optional.of(new SqliteTables(channel, header, schema(channel, header)));
        } catch (IOException | DoubtException e) {
            close(channel);
            return Optional.empty();
        }
    }

    /** The wanted columns of {@code table}; empty where it is absent or has to be left to the library. */
    public Optional<ColumnBlock> read(String table, List<Wanted> wanted) {
        TableSchema schema = tables.get(table);
        if (schema == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TableScan(channel, header, schema, wanted).read());
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
    private static Map<String, TableSchema> schema(FileChannel channel, FileHeader header) {
        TableSchema master = new TableSchema(
                SCHEMA_ROOT,
                CreateTable.columns("create table m (type text, name text, tbl_name text, rootpage int, sql text)"));
        List<Wanted> wanted =
                List.of(Wanted.texts("type"), Wanted.texts("name"), Wanted.ints("rootpage", 0), Wanted.texts("sql"));
        ColumnBlock rows = new TableScan(channel, header, master, wanted).read();
        Map<String, TableSchema> tables = new HashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            if ("table".equals(rows.texts(0)[row]) && rows.texts(1)[row] != null && rows.texts(3)[row] != null) {
                add(tables, rows.texts(1)[row], rows.ints(2)[row], rows.texts(3)[row]);
            }
        }
        return tables;
    }

    private static void add(Map<String, TableSchema> tables, String name, int root, String sql) {
        try {
            DoubtException.unless(root > 1, "root of a table");
            TableSchema twice = tables.put(name, new TableSchema(root, CreateTable.columns(sql)));
            DoubtException.unless(twice == null, "table defined twice");
        } catch (DoubtException e) {
            tables.remove(name);
        }
    }
}
