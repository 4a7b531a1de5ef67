package io.github.bubbletrace.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One kind of damage to an export; the first five are possible in any file. */
enum Mutation implements Damage {
    FLIP_BYTES {
        @Override
        public void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; bytes.length > 0 && i < 1 + random.nextInt(40); i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
        }
    },
    SCRAMBLE_PAGE {
        @Override
        public void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            byte[] page = new byte[PAGE];
            if (random.nextBoolean()) {
                random.nextBytes(page);
            }
            int at = random.nextInt(1 + bytes.length / PAGE) * PAGE;
            System.arraycopy(page, 0, bytes, at, Math.min(PAGE, bytes.length - at));
            Files.write(file, bytes);
        }
    },
    REPEAT_PAGE {
        @Override
        public void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            int pages = bytes.length / PAGE;
            if (pages > 1) {
                int from = 1 + random.nextInt(pages - 1);
                int to = 1 + random.nextInt(pages - 1);
                System.arraycopy(bytes, from * PAGE, bytes, to * PAGE, PAGE);
            }
            Files.write(file, bytes);
        }
    },
    CUT_PAGE {
        @Override
        public void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            int at = Math.min(bytes.length, random.nextInt(1 + bytes.length / PAGE) * PAGE);
            int rest = Math.min(bytes.length, at + PAGE);
            byte[] cut = Arrays.copyOf(bytes, bytes.length - (rest - at));
            System.arraycopy(bytes, rest, cut, at, bytes.length - rest);
            Files.write(file, cut);
        }
    },
    TRUNCATE {
        @Override
        public void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    },
    DROP_ROWS {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            int of = 2 + random.nextInt(9);
            Database.run(
                    file,
                    "DELETE FROM " + Database.table(file, random) + " WHERE abs(random() % " + of + ") < "
                            + random.nextInt(of + 1));
        }
    },
    REPEAT_ROWS {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String table = random.nextBoolean() ? ExportSchema.KERNEL : ExportSchema.NVTX;
            Database.run(file, "INSERT INTO " + table + " SELECT * FROM " + table);
        }
    },
    DROP_TABLE {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            Database.run(file, "DROP TABLE " + Database.table(file, random));
        }
    },
    RENAME_COLUMN {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String table = Database.table(file, random);
            String column = Database.column(file, table, random);
            Database.run(file, "ALTER TABLE " + table + " RENAME COLUMN \"" + column + "\" TO \"x\ny<b>\"");
        }
    },
    DROP_COLUMN {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String table = Database.table(file, random);
            if (Database.columns(file, table).size() > 1) {
                String column = Database.column(file, table, random);
                Database.run(
                        file,
                        "CREATE TABLE copied AS SELECT * FROM " + table,
                        "ALTER TABLE copied DROP COLUMN \"" + column + '"',
                        "DROP TABLE " + table,
                        "ALTER TABLE copied RENAME TO " + table);
            }
        }
    },
    /** Tables made by a query have no constraints, so that any value fits any column. */
    RETYPE_COLUMN {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String table = Database.table(file, random);
            String column = '"' + Database.column(file, table, random) + '"';
            String value = pick(
                    random,
                    "cast(" + column + " as text)",
                    "cast(" + column + " as blob)",
                    "cast(" + column + " as real)",
                    column + " + 0.5",
                    "9e999",
                    "-9e999",
                    "'no number'",
                    "x'00ff'",
                    "zeroblob(100000)",
                    "NULL",
                    "-1",
                    "9223372036854775807",
                    "-9223372036854775807 - 1");
            Database.run(
                    file,
                    "CREATE TABLE copied AS SELECT * FROM " + table,
                    "UPDATE copied SET " + column + " = " + value + some(random),
                    "DROP TABLE " + table,
                    "ALTER TABLE copied RENAME TO " + table);
        }
    },
    ODD_TIMES {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String table =
                    pick(random, ExportSchema.KERNEL, ExportSchema.NVTX, ExportSchema.CALL, ExportSchema.SESSION);
            String column = table.equals(ExportSchema.SESSION) ? "utcEpochNs" : pick(random, "start", "\"end\"");
            String value = pick(
                    random,
                    "-" + column,
                    column + " * 1000000",
                    column + " / 1000000",
                    "0",
                    column + " - 31536000000000000",
                    column + " + 8000000000000000",
                    column + " - 8000000000000000",
                    "4611686018427387904",
                    "9223372036854775807");
            Database.run(file, "UPDATE " + table + " SET " + column + " = " + value + some(random));
        }
    },
    ODD_RANGES {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            Database.run(
                    file,
                    "UPDATE NVTX_EVENTS SET "
                            + pick(
                                    random,
                                    "\"end\" = NULL",
                                    "\"end\" = start - 1",
                                    "\"end\" = start",
                                    "\"end\" = \"end\" + 100000000",
                                    "eventType = 60",
                                    "globalTid = globalTid + 1",
                                    "globalTid = NULL",
                                    "domainId = 1")
                            + some(random));
        }
    },
    COLLIDING_IDS {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String column = pick(random, "correlationId", "globalPid", "deviceId", "streamId", "shortName");
            String value = pick(random, "1", "-1", "4294967296", "abs(random())", column + " % 3", "NULL");
            String allowed = value.equals("NULL") && !column.matches("correlationId|globalPid") ? "0" : value;
            Database.run(file, "UPDATE " + ExportSchema.KERNEL + " SET " + column + " = " + allowed + some(random));
        }
    },
    ODD_NAMES {
        @Override
        public void apply(Path file, Random random) throws SQLException {
            String name = pick(
                    random,
                    "hex(zeroblob(5000))",
                    "'<script>alert(1)</script>' || char(0, 27, 10, 13, 8232)",
                    "char(55296, 56320, 65533)",
                    "cast(x'fffe00' as text)",
                    "''",
                    "text || text",
                    "replace(text, 'stage=', 'stage=9')",
                    "replace(text, 'stage=', 'stage=99999')",
                    "replace(text, 'mb=', 'mb=9999999999')",
                    "replace(text, 'it=', 'it=7777777')",
                    "replace(text, 'it=', 'at=')",
                    "replace(text, 'phase=B', 'phase=F')",
                    "replace(text, 'stage=', 'chunk=1 stage=')",
                    "replace(text, 'stage=', 'chunk=1000 stage=10')");
            Database.run(file, "UPDATE NVTX_EVENTS SET text = " + name + some(random));
            String registered = name.contains("text") ? "value || value" : name;
            Database.run(file, "UPDATE StringIds SET value = " + registered + some(random));
        }
    };

    private static final int PAGE = 4096;

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A condition that holds for all rows, for a few, or for one. */
    private static String some(Random random) {
        return List.of("", " WHERE rowid % 7 = 3", " WHERE rowid = 5").get(random.nextInt(3));
    }
}
