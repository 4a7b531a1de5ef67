package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenIntervalTest {

    @TempDir
    Path folder;

    /** The pass interval of k batches on p equal stages is max(1, p / k) stage times, a token's k times that. */
    @ParameterizedTest(name = "{0} of 4 batches in flight")
    @CsvSource({"1, 4.00, 4.00, 3.00", "2, 4.00, 2.00, 1.00", "4, 4.00, 1.00, 0"})
    void pagesSayTheTokenIntervalAndItsParts(int inFlight, String token, String pass, String starved)
            throws IOException {
        Path trace = folder.resolve("decode.sqlite");
        Cli simulated = Cli.run(
                "simulate --schedule decode --stages 4 --microbatches 12 --forward 1ms --inflight " + inFlight + " -o",
                trace);
        assertThat(simulated.status()).isZero();
        assertThat(Cli.run("analyze --only html -o " + folder.resolve("report"), trace)
                        .status())
                .isZero();
        String page = Files.readString(folder.resolve("report/report.html"));
        int start = page.indexOf("next token: " + inFlight + " times");
        assertThat(start).isPositive();
        String table = page.substring(start, page.indexOf("</table>", start))
                .replaceAll("<[^>]{0,80}>", " ")
                .replaceAll("\\s+", " ");
        String row = token + " " + pass + " 1.00" + (starved.equals("0") ? "" : " " + starved);
        for (int stage = 0; stage < 4; stage++) {
            assertThat(table).contains("rank" + stage + ":gpu" + stage + " " + stage + " " + row);
        }
    }
}
