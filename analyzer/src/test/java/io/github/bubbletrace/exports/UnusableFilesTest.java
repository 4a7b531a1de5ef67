package io.github.bubbletrace.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.bubbletrace.format.UnusableInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders that cannot be used are named in one line that says what to do. */
class UnusableFilesTest {

    @TempDir
    private Path folder;

    private Path export(String name) throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(1).rank(0).main().task("F0", 0, 0, 100);
        export.process(2).rank(1).main().task("F0", 0, 100, 200);
        return export.write(folder.resolve(name));
    }

    private static void requireRefused(Path input, String message) {
        assertThatThrownBy(() -> Analysed.of(input))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage(message);
    }

    @Test
    void nothingThere() {
        Path missing = folder.resolve("no.sqlite");
        requireRefused(missing, missing + ": no such file or folder; check the path");
        requireRefused(
                folder, folder + ": no trace in this folder; export the reports first: nsys export --type sqlite");
    }

    @Test
    void controlCharactersOfANameAreNotRepeated() throws Exception {
        Path odd = Files.createFile(folder.resolve("a\nb\u001b[31m\u2028c"));
        requireRefused(odd, folder + "/a?b?[31m?c: the file is empty; record or export the trace again");
    }

    @Test
    void textIsNoTrace() throws Exception {
        Path text = Files.writeString(folder.resolve("t.sqlite"), "hello");
        requireRefused(
                text,
                text + ": not a trace that bubbletrace reads; give a Nsight Systems SQLite export"
                        + " (nsys export --type sqlite), a capture of bubbletrace run, a Chrome or PyTorch profiler trace,"
                        + " or a CSV file of spans");
    }

    @Test
    void aDatabaseOfSomethingElse() throws Exception {
        Path other = folder.resolve("t.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE songs (name TEXT)");
        }
        assertThatThrownBy(() -> Analysed.of(other)).hasMessageContaining("no export of Nsight Systems");
    }

    @Test
    void anExportWithoutAnyEvent() throws Exception {
        Path empty = new ExportBuilder().write(folder.resolve("t.sqlite"));
        requireRefused(
                empty,
                empty
                        + ": the export holds neither GPU activity nor NVTX ranges; record with nsys profile -t cuda,nvtx");
    }

    @Test
    void aColumnThatIsNeeded() throws Exception {
        Path export = export("t.sqlite");
        Database.run(export, "ALTER TABLE " + ExportSchema.KERNEL + " RENAME COLUMN \"end\" TO finish");
        requireRefused(
                export,
                export + ": table CUPTI_ACTIVITY_KIND_KERNEL has no column 'end';"
                        + " export the trace again with nsys export --type sqlite");
    }

    @Test
    void linksThatLeadNowhereAreNoTraces() throws Exception {
        Path loop = folder.resolve("loop.sqlite");
        Files.createSymbolicLink(loop, loop);
        Files.createSymbolicLink(folder.resolve("up"), folder);
        requireRefused(loop, loop + ": no such file or folder; check the path");
        Path export = export("t.sqlite");
        assertThat(Analysed.of(folder).analysis().inputs())
                .extracting(input -> input.path())
                .containsExactly(export.toString());
    }

    @Test
    void noPermission() throws Exception {
        Path export = export("t.sqlite");
        Files.setPosixFilePermissions(export, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(export), "this user may read everything");
        requireRefused(export, export + ": no permission to read it; change its permissions");
    }

    /** Rows that only the write-ahead log holds are read, too. */
    @Test
    void aWriteAheadLogBesideTheFile() throws Exception {
        Path export = export("t.sqlite");
        Path copy = folder.resolve("copy.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + export);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("INSERT INTO " + ExportSchema.KERNEL + " SELECT start + 1000, \"end\" + 1000, deviceId,"
                    + " contextId, streamId, -5, globalPid, demangledName, shortName FROM " + ExportSchema.KERNEL);
            Files.copy(export, copy);
            Files.copy(folder.resolve("t.sqlite-wal"), folder.resolve("copy.sqlite-wal"));
        }
        assertThat(Analysed.of(copy).analysis().inputs().get(0).kernels()).isEqualTo(4);
    }

    @Test
    void aWriteAheadLogInAFolderThatCannotBeWritten() throws Exception {
        aWriteAheadLogBesideTheFile();
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Path export = Files.copy(folder.resolve("copy.sqlite"), locked.resolve("t.sqlite"));
        Files.copy(folder.resolve("copy.sqlite-wal"), locked.resolve("t.sqlite-wal"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(locked), "this user may write everywhere");
            assertThatThrownBy(() -> Analysed.of(export))
                    .isInstanceOf(UnusableInputException.class)
                    .hasMessageContaining("writable folder");
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Row ids out of order: parts of a table split by them would miss rows. */
    @Test
    void tablesWithHolesAreReadWhole() throws Exception {
        Path export = export("t.sqlite");
        Database.run(
                export,
                "UPDATE " + ExportSchema.KERNEL + " SET rowid = 9223372036854775807 WHERE rowid = 2",
                "UPDATE " + ExportSchema.NVTX + " SET rowid = 800000 WHERE text = 'F0' AND start = 100",
                "UPDATE " + ExportSchema.CALL + " SET rowid = 500000 WHERE start = 100");
        Analysed analysed = Analysed.of(export);
        assertThat(analysed.analysis().inputs().get(0).kernels()).isEqualTo(2);
        assertThat(analysed.analysis().inputs().get(0).apiCalls()).isEqualTo(2);
        assertThat(analysed.warned("kernels-without-api-call")).isZero();
    }
}
