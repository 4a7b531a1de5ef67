package io.github.bubbletrace.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;

/** One kind of damage to a file. */
interface Damage {

    /** Damages {@code file}; an SQLException says that this kind is not possible there. */
    void apply(Path file, Random random) throws IOException, SQLException;
}
