package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    private Path folder;

    @Test
    void aSmallFileHasTheDigestThatSha256sumPrints() throws IOException {
        Path file = Files.write(folder.resolve("a"), "abc".getBytes(StandardCharsets.US_ASCII));
        assertThat(Fingerprint.of(file))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Fingerprint.of(Files.write(folder.resolve("empty"), new byte[0])))
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aLargeFileIsToldApartByItsLengthEndsAndMiddle() throws IOException {
        byte[] bytes = new byte[5 << 20];
        new Random(3).nextBytes(bytes);
        String one = Fingerprint.of(Files.write(folder.resolve("a"), bytes));
        assertThat(one).matches("sha256-of-64-parts:[0-9a-f]{64}");
        assertThat(Fingerprint.of(Files.write(folder.resolve("same"), bytes))).isEqualTo(one);
        for (int place : new int[] {0, bytes.length - 1}) {
            bytes[place]++;
            assertThat(Fingerprint.of(Files.write(folder.resolve("other"), bytes)))
                    .as("byte %d", place)
                    .isNotEqualTo(one);
            bytes[place]--;
        }
        assertThat(Fingerprint.of(
                        Files.write(folder.resolve("longer"), java.util.Arrays.copyOf(bytes, bytes.length + 1))))
                .isNotEqualTo(one);
    }

    @Test
    void aFileThatIsGoneHasNone() {
        assertThat(Fingerprint.of(folder.resolve("nothing"))).isNull();
    }
}
