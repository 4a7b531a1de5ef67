package io.github.bubbletrace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images of the tests' Java with some of its modules, as jlink makes them; kept under target. */
final class Image {

    private Image() {}

    /** The {@code java} of an image of {@code modules}, separated by commas. */
    static Path of(String modules) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"));
        Path jlink = home.resolve("bin/jlink");
        assumeTrue(Files.exists(jlink), "no jlink in this Java");
        Path image = Path.of("target", "images", Runtime.version() + "-" + modules.replace(',', '-'))
                .toAbsolutePath();
        if (!Files.exists(image.resolve("bin/java"))) {
            Path fresh = image.resolveSibling(
                    image.getFileName() + "." + ProcessHandle.current().pid());
            Files.createDirectories(fresh.getParent());
            Process making = new ProcessBuilder(
                            jlink.toString(), "--add-modules", modules, "--output", fresh.toString())
                    .inheritIO()
                    .start();
            assertThat(making.waitFor()).isZero();
            Files.move(fresh, image);
        }
        return image.resolve("bin/java");
    }
}
