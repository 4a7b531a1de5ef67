package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reports as earlier versions wrote them are still read. Each folder was written by {@code analyze
 * sample-traces/1f1b-straggler.sqlite --only html,json} of the version that it is named after, and is never rewritten.
 */
class OldDocumentsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "documents");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void thereAreDocuments() throws IOException {
        assertThat(documents()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isReadAndSaysWhatTheTraceSays(Path document) {
        Cli cli = Cli.run("compare --json -", document, "../sample-traces/1f1b-straggler.sqlite");
        assertThat(cli.errors()).isEmpty();
        Document comparison = new Document(cli.out());
        assertThat(comparison.flags("beyondNoise")).isNotEmpty().containsOnly(false);
        assertThat(cli.out()).contains("Both runs are 1f1b, 4 stages, 8 micro-batches: everything is compared.");
    }
}
