package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernels in the exported Chrome trace are those of the inputs, on the axis of the tasks. */
class PerfettoKernelsTest {

    private static final long NS_PER_US = 1000;

    @TempDir
    private Path folder;

    /** A slice: process, thread, category, name, start and end. */
    private record Slice(int process, int thread, String category, String name, long startNs, long endNs) {

        boolean isWithin(Slice other) {
            return process == other.process && startNs >= other.startNs && endNs <= other.endNs;
        }
    }

    @Test
    void everyKernelIsThereAndLiesInItsTaskThoughTheClocksDiffer() throws IOException {
        Path traces = new SimulatedRuns(folder)
                .ranks("run", "--kernels 3 --transfer 100us --clock-skew rank=1:3ms", 0, 1, 2, 3);
        List<Slice> slices = slices(traces);
        List<Slice> kernels = of(slices, "kernel");
        assertThat(kernels).hasSize(recorded(traces));
        List<Slice> tasks = new ArrayList<>(of(slices, "forward"));
        tasks.addAll(of(slices, "backward"));
        assertThat(tasks).hasSize(4 * 8 * 2);
        for (Slice task : tasks) {
            List<Slice> own = kernels.stream()
                    .filter(kernel -> kernel.isWithin(task) && !kernel.name().startsWith("nccl"))
                    .toList();
            assertThat(own).as("%s", task).hasSize(3);
            assertThat(own.get(0).startNs()).isEqualTo(task.startNs());
            assertThat(own.get(2).endNs()).isEqualTo(task.endNs());
        }
    }

    @Test
    void slicesOfAStreamDoNotOverlapAndNamesAreEscaped() throws IOException {
        Path trace = new SimulatedRuns(folder).file("odd.sqlite", "--kernels 3");
        SimulatedRuns.sql(
                trace,
                "update CUPTI_ACTIVITY_KIND_KERNEL set \"end\" = \"end\" + 500000 where rowid % 5 = 1",
                "update StringIds set value = '</script>\"' || char(7, 8238, 10) || value"
                        + " where id in (select shortName from CUPTI_ACTIVITY_KIND_KERNEL)");
        Map<List<Integer>, Long> endOfTrack = new HashMap<>();
        List<Slice> kernels = of(slices(trace), "kernel");
        assertThat(kernels).hasSize(recorded(trace));
        for (Slice kernel : kernels) {
            assertThat(kernel.name()).startsWith("</script>\"").doesNotContainPattern("[\\p{Cntrl}\u202e]");
            List<Integer> track = List.of(kernel.process(), kernel.thread());
            assertThat(kernel.startNs()).isGreaterThanOrEqualTo(endOfTrack.getOrDefault(track, 0L));
            endOfTrack.put(track, kernel.endNs());
        }
        assertThat(endOfTrack).hasSizeGreaterThan(4);
    }

    private static int recorded(Path traces) {
        return new Document(Cli.run("info --json -", traces).out())
                .numbers("kernels").stream().mapToInt(Double::intValue).sum();
    }

    private List<Slice> slices(Path traces) throws IOException {
        Path perfetto = folder.resolve("perfetto.json");
        Cli cli = Cli.run("analyze --only md --perfetto", perfetto, "-o", folder.resolve("out"), traces);
        assertThat(cli.status()).as(cli.err()).isZero();
        List<Slice> slices = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(Files.readString(perfetto))) {
            while (json.nextToken() != JsonToken.START_ARRAY) {
                assertThat(json.currentToken()).isNotNull();
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> event = event(json);
                if (event.get("ph").equals("X")) {
                    slices.add(slice(event));
                }
            }
        }
        return slices;
    }

    private static Map<String, String> event(JsonParser json) throws IOException {
        Map<String, String> event = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            event.put(name, json.getText());
            json.skipChildren();
        }
        return event;
    }

    private static Slice slice(Map<String, String> event) {
        long startNs = ns(event.get("ts"));
        return new Slice(
                Integer.parseInt(event.get("pid")),
                Integer.parseInt(event.get("tid")),
                event.get("cat"),
                event.get("name"),
                startNs,
                startNs + ns(event.get("dur")));
    }

    private static long ns(String us) {
        return new BigDecimal(us).multiply(BigDecimal.valueOf(NS_PER_US)).longValueExact();
    }

    private static List<Slice> of(List<Slice> slices, String category) {
        return slices.stream()
                .filter(slice -> slice.category().equals(category))
                .toList();
    }
}
