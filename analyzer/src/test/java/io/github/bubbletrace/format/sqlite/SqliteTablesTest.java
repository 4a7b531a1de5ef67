package io.github.bubbletrace.format.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteTablesTest {

    private static final List<Wanted> ABC =
            List.of(Wanted.longs("a"), Wanted.ints("b", -1), Wanted.texts("c"), Wanted.longs("id"));

    private static final String CREATE = "create table t (id integer primary key, a integer, b int, c text)";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096, 65536})
    void readsEveryCellOfEveryPageSize(int pageSize) throws Exception {
        assertSame(make("pragma page_size = " + pageSize, CREATE, fill(20_000)), ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pragma auto_vacuum = full", "pragma auto_vacuum = incremental", "pragma journal_mode = wal"})
    void readsWhateverTheFileHoldsBeside(String pragma) throws Exception {
        Path file = make(
                "pragma page_size = 512",
                pragma,
                CREATE,
                fill(5_000),
                "create index i on t(a, b, c)",
                "create table other (x)",
                "insert into other select c from t",
                "delete from other where rowid % 3 = 0");
        assertSame(file, ABC);
    }

    @Test
    void readsAroundDeletedRows() throws Exception {
        assertSame(make(CREATE, fill(20_000), "delete from t where id % 3 = 0 or id between 5000 and 9000"), ABC);
        assertSame(make(CREATE, fill(20_000), "delete from t"), ABC);
    }

    @Test
    void readsRowidsFarApartAndNegative() throws Exception {
        assertSame(
                make(
                        "pragma page_size = 512",
                        CREATE,
                        fill(3_000),
                        "update t set id = -9223372036854775807 - 1 where id = 1",
                        "update t set id = 9223372036854775807 where id = 2",
                        "update t set id = id * 1000003 where id between 100 and 2000",
                        "update t set id = -id where id between 20 and 50"),
                ABC);
    }

    @Test
    void readsIntegersOfEverySizeAndNulls() throws Exception {
        List<String> sql = new ArrayList<>(List.of(CREATE));
        for (int bits = 0; bits < 64; bits++) {
            long edge = 1L << bits;
            for (long value : new long[] {edge - 1, edge, -edge, -edge - 1}) {
                sql.add("insert into t (a, b) values (" + value + ", " + value + ")");
            }
        }
        sql.add("insert into t (a, b) values (null, null), (0, 1), (2.0, -3.0)");
        assertSame(make(sql.toArray(String[]::new)), ABC);
    }

    @Test
    void readsRowsOlderThanTheirLastColumns() throws Exception {
        assertSame(
                make(
                        "create table t (id integer primary key, a integer)",
                        "insert into t values (1, 10), (2, 20)",
                        "alter table t add column b integer",
                        "alter table t add column c text",
                        "insert into t values (3, 30, 300, 'x')"),
                ABC);
    }

    @Test
    void readsCommentsQuotesAndColumnsInAnyCase() throws Exception {
        assertSame(
                make(
                        "create table t ( -- the table, with a comma\n \"ID\" INTEGER NOT NULL PRIMARY KEY, /* ( */ [A] INTEGER"
                                + " NOT NULL, -- it's\n `B` INT REFERENCES t(id), C VARCHAR(10), unique (a, b))",
                        "insert into t values (7, 1, 7, 'one'), (8, 2, 7, null)"),
                ABC);
    }

    @Test
    void readsLongRowsAsLongAsWhatIsWantedLiesOnThePage() throws Exception {
        Path file = make(
                "pragma page_size = 512",
                "create table t (id integer primary key, a, b, c, d)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) insert into t select i, i"
                        + " * 7, i, 'c' || i, randomblob(i * 20) from n");
        assertThat(read(file, ABC)).isPresent();
        assertSame(file, ABC);
    }

    /** Blobs and texts of all lengths; those that are too long, on other pages as well, count as absent. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void readsBlobsAndRareIntegers(int pageSize) throws Exception {
        Path file = make(
                "pragma page_size = " + pageSize,
                "create table t (id integer primary key, a integer, b int, r text)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) insert into t select i, case"
                        + " when i % 97 = 0 then i * 1000003 end, i, case i % 4 when 0 then null when 1 then randomblob(i"
                        + " % 60) when 2 then '\u00e9' || i else randomblob(i % 2 * 1030 + i % 30) end from n");
        assertSame(file, List.of(Wanted.rareBytes("r"), Wanted.rareLongs("a"), Wanted.longs("id")));
    }

    @Test
    void leavesToTheLibraryWhatItDoubts() throws Exception {
        String insert = "insert into t (id, a, b, c) values (1, 2, 3, 'x')";
        assertThat(read(make(CREATE + " without rowid", insert), ABC)).isEmpty();
        assertThat(read(make("create table u (id, a, b, c)", "create view t as select * from u"), ABC))
                .isEmpty();
        assertThat(read(make("create table t (id, a text, b, c)", insert), ABC)).isEmpty();
        assertThat(read(make("create table t (id, a real, b, c)", insert), ABC)).isEmpty();
        assertThat(read(make(CREATE, insert, "update t set a = x'01'"), ABC)).isEmpty();
        assertThat(read(make(CREATE, insert, "update t set b = 1.5"), ABC)).isEmpty();
        assertThat(read(make(CREATE, insert), List.of(Wanted.rareBytes("a")))).isEmpty();
        assertThat(read(make(CREATE, insert), List.of(Wanted.rareLongs("c")))).isEmpty();
        assertThat(read(make(CREATE, insert, "update t set c = char(0, 65)"), ABC))
                .isEmpty();
        assertThat(read(make("pragma encoding = 'UTF-16'", CREATE, insert), ABC))
                .isEmpty();
        assertThat(read(make("create table t (id integer primary key desc, a, b, c)", insert), ABC))
                .isEmpty();
        assertThat(read(make("create table t (id, a, b, c, primary key (id))", insert), ABC))
                .isEmpty();
        assertThat(read(make("create table t (id, a, b, c as (a + b))", "insert into t values (1, 2, 3)"), ABC))
                .isEmpty();
        assertThat(read(
                        make(
                                "create table t (id, a)",
                                "insert into t values (1, 2)",
                                "alter table t add column b default 5",
                                "alter table t add column c"),
                        ABC))
                .isEmpty();
        assertThat(read(make("pragma page_size = 512", CREATE, insert, "update t set c = hex(zeroblob(999))"), ABC))
                .isEmpty();
    }

    @Test
    void leavesAFileWithAWriteAheadLogToTheLibrary() throws Exception {
        Path file = make(CREATE, fill(10));
        Files.write(file.resolveSibling(file.getFileName() + "-wal"), new byte[] {1});
        assertThat(SqliteTables.open(file)).isEmpty();
    }

    private static String fill(int rows) {
        return "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + rows + ") insert into t"
                + " select i, case i % 11 when 0 then null else i * i * i * 1000003 * (1 - i % 2 * 2) end, case i % 5 when"
                + " 0 then null else i % 300 - 100 end, case i % 7 when 0 then null else 'text \u00e9 ' || i % 50 end"
                + " from n";
    }

    private Path make(String... sql) throws Exception {
        Path file = Files.createTempFile(folder, "made", ".sqlite");
        LibraryReader.make(file, List.of(sql));
        return file;
    }

    private static void assertSame(Path file, List<Wanted> wanted) throws Exception {
        Optional<ColumnBlock> block = read(file, wanted);
        assertThat(block).isPresent();
        assertThat(LibraryReader.rows(block.get(), wanted)).isEqualTo(LibraryReader.rows(file, "t", wanted));
        assertThat(read(file, List.of(Wanted.ints("nowhere", 9))).get().ints(0))
                .containsOnly(
                        Collections.nCopies(Math.min(1, block.get().rows()), 9).toArray(Integer[]::new));
    }

    static Optional<ColumnBlock> read(Path file, List<Wanted> wanted) {
        Optional<SqliteTables> opened = SqliteTables.open(file);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (SqliteTables tables = opened.get()) {
            return tables.read("t", wanted);
        }
    }
}
