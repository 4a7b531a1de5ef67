package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.format.capture.CaptureReader;
import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a job left.
 *
 * @param status its exit status, 128 and more for a signal
 * @param out what it printed
 * @param err its error stream
 * @param captures the files in its folder
 */
record Played(int status, String out, String err, List<Path> captures) {

    /** The only capture. */
    Trace trace() {
        assertThat(captures).hasSize(1);
        return new CaptureReader().read(captures.get(0));
    }

    /** Names of the kernels of the only capture, in order of time. */
    List<String> kernels() {
        Trace trace = trace();
        return IntStream.range(0, trace.kernels().size())
                .mapToObj(k -> trace.strings().get(trace.kernels().name(k)))
                .toList();
    }

    /** How often the only capture warns of {@code code}. */
    long warned(String code) {
        return trace().log().warnings().stream()
                .filter(w -> w.code().equals(code))
                .mapToLong(Warning::count)
                .sum();
    }

    /** Lines of the library on the error stream. */
    List<String> lines() {
        return err.lines().filter(line -> line.startsWith("bubbletrace: ")).toList();
    }
}
