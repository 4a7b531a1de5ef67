package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ReplayTimes;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The makespans of the five replays, each with one more thing that the recording has. */
final class ReplayTable {

    private final List<ReplayTimes> replays;

    private ReplayTable(List<ReplayTimes> replays) {
        this.replays = replays;
    }

    /** Writes the table; nothing where no iteration could be replayed. */
    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        List<ReplayTimes> replays = Windows.counted(pipeline).stream()
                .map(IterationAnalysis::replayNs)
                .filter(Objects::nonNull)
                .toList();
        if (!replays.isEmpty()) {
            new ReplayTable(replays).table().write(html);
        }
    }

    private HtmlTable table() {
        Units.Scale scale = Units.Scale.of(mean(ReplayTimes::recorded));
        HtmlTable table = HtmlTable.mixed(
                "Replays, added in this order: mean makespan of " + Units.count(replays.size(), "iteration"),
                List.of("replay", "what it has", "makespan, " + scale.unit(), "added, " + scale.unit()),
                List.of(1));
        long before = 0;
        for (Step step : STEPS) {
            long makespan = mean(step.time);
            String added = before == 0 ? "" : scale.number(makespan - before);
            table.row(step.name, step.what, scale.number(makespan), added);
            before = makespan;
        }
        return table;
    }

    private long mean(ToLongFunction<ReplayTimes> time) {
        return Math.round(replays.stream().mapToLong(time).average().orElse(0));
    }

    /** One replay: its name, what it has beyond the one before, its makespan. */
    private record Step(String name, String what, ToLongFunction<ReplayTimes> time) {}

    private static final List<Step> STEPS = List.of(
            new Step("T0 structure", "the recorded order with equal chunks", ReplayTimes::structure),
            new Step("T1 imbalance", "and each chunk's own speed", ReplayTimes::imbalance),
            new Step("T2 jitter", "and each task's own duration", ReplayTimes::jitter),
            new Step("T3 transfers", "and the true transfers", ReplayTimes::transfers),
            new Step("T4 recorded", "and the host's delays: the recording itself", ReplayTimes::recorded));
}
