package io.github.bubbletrace.cli;

import io.github.bubbletrace.reports.csv.MemoryCsv;
import io.github.bubbletrace.reports.json.PredictionJson;
import io.github.bubbletrace.reports.terminal.PredictionTable;
import io.github.bubbletrace.schedule.ActionList;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.Predictor;
import io.github.bubbletrace.schedule.Schedule;
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
            split = ",",
            paramLabel = "P",
            description = "Devices of the pipeline; several give a row each")
    private List<Integer> stages = List.of();

    @Option(
            names = "--microbatches",
            split = ",",
            paramLabel = "M",
            description = "Micro-batches per iteration; several give a row each")
    private List<Integer> microBatches = List.of();

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

    @Option(
            names = "--write-actions",
            paramLabel = "FILE",
            description = "Writes the orders as PyTorch does, a line a rank; of one row alone")
    private Path writeActions;

    @Option(
            names = "--memory",
            paramLabel = "FILE",
            description = "Writes how many chunk activations each device holds when, as CSV; of one row alone")
    private Path memory;

    @Override
    public Integer call() throws IOException {
        List<Schedule> schedules = schedules();
        if ((writeActions != null || memory != null) && schedules.size() > 1) {
            throw schedule.unusable("--write-actions and --memory take one schedule: give one number of stages and "
                    + "of micro-batches");
        }
        List<Prediction> rows = new ArrayList<>();
        for (Schedule one : schedules) {
            rows.add(predict(one));
        }
        PrintWriter out = spec.commandLine().getOut();
        writeFiles(schedules.get(0));
        if ("-".equals(json)) {
            PredictionJson.write(rows, out);
            return 0;
        }
        PredictionTable.lines(rows).forEach(out::println);
        PredictionTable.notes(rows).forEach(out::println);
        out.flush();
        if (json != null) {
            writeFile(rows);
        }
        return 0;
    }

    private List<Schedule> schedules() {
        if (schedule.isFromFile()) {
            return List.of(schedule.fromFile());
        }
        if (stages.isEmpty() || microBatches.isEmpty()) {
            throw schedule.unusable("--schedule needs --stages and --microbatches");
        }
        List<Schedule> schedules = new ArrayList<>();
        for (int p : stages) {
            for (int m : microBatches) {
                schedules.add(schedule.generate(p, m, 1, transferNs));
            }
        }
        return schedules;
    }

    private Prediction predict(Schedule one) {
        try {
            return Predictor.predict(one, schedule.times(one), transferNs);
        } catch (IllegalArgumentException e) {
            throw schedule.unusable(e.getMessage());
        }
    }

    private void writeFiles(Schedule one) {
        try {
            if (writeActions != null) {
                Files.write(writeActions, ActionList.write(one));
            }
            if (memory != null) {
                Files.write(memory, MemoryCsv.lines(Predictor.memory(one, schedule.times(one), transferNs)));
            }
        } catch (IOException e) {
            throw schedule.unusable("cannot write: " + e);
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
