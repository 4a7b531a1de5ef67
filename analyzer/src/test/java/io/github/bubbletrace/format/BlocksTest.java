package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.format.chrome.ChromeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks parsed side by side give what one read from start to end gives, for whole, cut and damaged files. */
class BlocksTest {

    private static final int WHOLE = 1 << 20;
    private static final int FILES = 40;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {64, 150, 400, 1000, 3000})
    void theSizeOfBlocksChangesNothing(int blockSize) throws IOException {
        for (int seed = 0; seed < FILES; seed++) {
            Path file = Files.write(folder.resolve("file"), RandomEvents.file(seed));
            assertThat(read(file, blockSize)).as("seed " + seed).isEqualTo(read(file, WHOLE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1000})
    void norInPackedFiles(int blockSize) throws IOException {
        for (int seed = 0; seed < FILES; seed++) {
            String text = KinetoFiles.text(LoggedSpan.run(1, seed % 4), seed % 4, 4);
            Path file = SpanLogs.write(folder.resolve("file"), text, true);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - seed * 20));
            assertThat(read(file, blockSize)).as("seed " + seed).isEqualTo(read(file, WHOLE));
        }
    }

    private static String read(Path file, int blockSize) {
        try {
            return TraceText.of(new ChromeReader(blockSize).read(file));
        } catch (UnusableInputException e) {
            return e.getMessage();
        }
    }
}
