package io.github.bubbletrace.exports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An analysis whose identities were checked, with short ways to its numbers. */
record Analysed(Analysis analysis) {

    static Analysed of(Path... traces) {
        return new Analysed(Analyzer.analyze(List.of(traces), AnalysisOptions.defaults())).checked();
    }

    /** Busy and causes sum to the window, no part is negative, the spans are what the causes say, and predictions come out. */
    Analysed checked() {
        analysis.whatIf().get();
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                for (DeviceAnalysis device : iteration.devices()) {
                    assertThat(device.busyNs() + device.idleNs().total())
                            .as(device.device())
                            .isEqualTo(iteration.windowNs());
                    assertThat(Stream.of(Cause.values()).map(device.idleNs()::get))
                            .as(device.device())
                            .allMatch(ns -> ns >= 0);
                    assertThat(device.otherBusyNs()).isBetween(0L, device.busyNs());
                    assertThat(sum(device)).isEqualTo(device.idleNs());
                }
            }
        }
        return this;
    }

    private static CauseTimes sum(DeviceAnalysis device) {
        long[] ns = new long[Cause.values().length];
        for (int i = 0; i < device.idle().size(); i++) {
            ns[List.of(Cause.values()).indexOf(device.idle().cause(i))] +=
                    device.idle().endNs(i) - device.idle().startNs(i);
        }
        return CauseTimes.of(ns);
    }

    PipelineAnalysis pipeline() {
        assertThat(analysis.pipelines()).hasSize(1);
        return analysis.pipelines().get(0);
    }

    IterationAnalysis iteration(int index) {
        return pipeline().iterations().get(index);
    }

    DeviceAnalysis device(int iteration, int device) {
        return iteration(iteration).devices().get(device);
    }

    /** The idle time of a device of the first iteration. */
    CauseTimes idle(int device) {
        return device(0, device).idleNs();
    }

    /** The order of tasks of a device in PyTorch's spelling, as {@code 0F3}. */
    List<String> order(int iteration, int device) {
        TaskSpans tasks = device(iteration, device).tasks();
        List<String> order = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            order.add(tasks.chunk(t) + tasks.phase(t).name() + tasks.microBatch(t));
        }
        return order;
    }

    /** How often the warning {@code code} was counted; 0 where it is not there. */
    long warned(String code) {
        return analysis.warnings().stream()
                .filter(w -> w.code().equals(code))
                .mapToLong(Warning::count)
                .sum();
    }
}
