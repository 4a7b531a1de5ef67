package io.github.bubbletrace.cli;

import io.github.bubbletrace.reports.PredictionJson;
import io.github.bubbletrace.reports.PredictionTable;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.Predictor;
import io.github.bubbletrace.schedule.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bubbletrace predict}: what a schedule costs when nothing goes wrong. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Closed forms and simulation of a schedule: bubble, memory, latency and throughput.")
public final class PredictCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScheduleOptions schedule;

    @Option(
            names = "--stages",
            required = true,
            split = ",",
            paramLabel = "P",
            description = "Devices of the pipeline; several give a row each")
    private List<Integer> stages;

    @Option(
            names = "--microbatches",
            required = true,
            split = ",",
            paramLabel = "M",
            description = "Micro-batches per iteration; several give a row each")
    private List<Integer> microBatches;

    @Option(
            names = "--transfer",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DurationConverter.class,
            description = "Time between two devices; it delays and occupies neither (default: 0)")
    private long transferNs;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the predictions as JSON; - prints them instead of the table")
    private String json;

    @Override
    public Integer call() throws IOException {
        List<Prediction> rows = new ArrayList<>();
        for (int p : stages) {
            for (int m : microBatches) {
                rows.add(predict(schedule.shape(p, m, 1)));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if ("-".equals(json)) {
            PredictionJson.write(rows, out);
            return 0;
        }
        PredictionTable.lines(rows).forEach(out::println);
        out.flush();
        if (json != null) {
            writeFile(rows);
        }
        return 0;
    }

    private Prediction predict(Shape shape) {
        try {
            return Predictor.predict(schedule.kind(), shape, schedule.times(), transferNs);
        } catch (IllegalArgumentException e) {
            throw schedule.unusable(e.getMessage());
        }
    }

    private void writeFile(List<Prediction> rows) {
        try (Writer file = Files.newBufferedWriter(Path.of(json))) {
            PredictionJson.write(rows, file);
        } catch (IOException e) {
            throw schedule.unusable("cannot write " + json + ": " + e);
        }
    }
}
