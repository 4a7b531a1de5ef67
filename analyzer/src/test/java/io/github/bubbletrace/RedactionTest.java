package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.trace.TraceSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction = Redaction.of(List.of(
            file("runs/monday shift/a.sqlite", "node17"),
            file("/data/b.nsys-rep", "node18.cluster"),
            file("c.of-ann", null)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "given twice: runs/monday shift/a.sqlite | given twice: input-0.sqlite",
                "a.sqlite and b.nsys-rep differ | input-0.sqlite and input-1.nsys-rep differ",
                "files of node17, node18.cluster | files of [host], [host]",
                "node170 is another name | node170 is another name",
                "see /home/ann/run/x.log, ~/y and C:\\Users\\ann | see [path], [path] and [path]",
                "c.of-ann | input-2",
                "idle / (devices x window), (busy+idle)/window, forward/backward | "
                        + "idle / (devices x window), (busy+idle)/window, forward/backward",
            })
    void textsLoseWhatNamesPeopleMachinesAndPlaces(String text, String redacted) {
        assertThat(redaction.text(text)).isEqualTo(redacted);
    }

    private static Extract file(String path, String host) {
        TraceSource source = new TraceSource(
                path, "nsys-sqlite", null, null, host, OptionalLong.empty(), OptionalInt.empty(), List.of());
        return new Extract(
                source, null, List.of(), List.of(), null, null, List.of(), List.of(), List.of(), List.of(), null, null,
                null, null, null);
    }
}
