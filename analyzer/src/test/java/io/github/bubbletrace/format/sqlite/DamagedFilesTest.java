package io.github.bubbletrace.format.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file gives what the library gives, or is left to it: never anything else. */
class DamagedFilesTest {

    private static final int MUTANTS = Integer.getInteger("bubbletrace.mutants", 150);
    private static final List<Wanted> WANTED =
            List.of(Wanted.longs("a"), Wanted.ints("b", -1), Wanted.texts("c"), Wanted.longs("id"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void agreesWithTheLibraryOrAbstains(int pageSize) throws Exception {
        byte[] whole = whole(pageSize);
        Path file = folder.resolve("mutant.sqlite");
        for (int seed = 0; seed < MUTANTS; seed++) {
            Files.write(file, mutant(whole, pageSize, Seeds.random(seed)));
            Optional<ColumnBlock> block = Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> SqliteTablesTest.read(file, WANTED), "seed " + seed);
            if (block.isPresent()) {
                assertAgrees(block.get(), file, seed);
            }
        }
    }

    private static void assertAgrees(ColumnBlock block, Path file, int seed) {
        List<List<Object>> expected;
        try {
            expected = LibraryReader.rows(file, "t", WANTED);
        } catch (SQLException e) {
            // The library refuses the whole file for damage elsewhere, and so does the reader of exports.
            return;
        }
        assertThat(LibraryReader.rows(block, WANTED)).as("seed " + seed).isEqualTo(expected);
    }

    private byte[] whole(int pageSize) throws Exception {
        Path file = folder.resolve("whole.sqlite");
        LibraryReader.make(
                file,
                List.of(
                        "pragma page_size = " + pageSize,
                        "create table t (id integer primary key, a integer, b int, c text)",
                        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) insert into t"
                                + " select i, i * i * 1000003, i % 300, 'text ' || i % 50 from n",
                        "delete from t where id % 9 = 0"));
        return Files.readAllBytes(file);
    }

    /** Some bytes anew, the heads of pages preferred; a page copied over another; the end cut off. */
    private static byte[] mutant(byte[] whole, int pageSize, Random random) {
        byte[] mutant = whole.clone();
        int pages = whole.length / pageSize;
        List<Runnable> ways = new ArrayList<>();
        ways.add(() -> mutant[random.nextInt(mutant.length)] = (byte) random.nextInt());
        ways.add(() -> mutant[random.nextInt(100)] = (byte) random.nextInt());
        ways.add(() -> mutant[random.nextInt(pages) * pageSize + random.nextInt(40)] = (byte) random.nextInt());
        ways.add(() -> mutant[100 + random.nextInt(200)] = (byte) random.nextInt());
        ways.add(() -> System.arraycopy(
                mutant, random.nextInt(pages) * pageSize, mutant, random.nextInt(pages) * pageSize, pageSize));
        for (int i = random.nextInt(4); i >= 0; i--) {
            ways.get(random.nextInt(ways.size())).run();
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
    }
}
