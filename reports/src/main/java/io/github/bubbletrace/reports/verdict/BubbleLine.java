package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What formula, replay and reality say about the bubble, and what most of the difference is. */
final class BubbleLine {

    /** Tenths of a percent of device time from which a cause is named. */
    private static final int NAMED_TENTHS = 10;

    private BubbleLine() {}

    /**
     * {@code Formula 27.3 %, replay 27.3 %, measured 38.5 %: 15 points are stage 3.}; empty where there is neither formula
     * nor replay, and for a lone stage, whose gaps depend on others.
     */
    static Optional<String> of(PipelineAnalysis pipeline, Budget budget) {
        if (pipeline.stages() == 1) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        Double formula = pipeline.totals().closedFormBubble();
        if (formula != null) {
            parts.add("formula " + Units.percent(formula));
        }
        replayed(pipeline).ifPresent(bubble -> parts.add("replay " + Units.percent(bubble)));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        parts.add("measured " + Units.tenths(budget.idleTenths()) + " %");
        return Optional.of(Sentence.of(String.join(", ", parts) + largest(pipeline, budget)));
    }

    private static String largest(PipelineAnalysis pipeline, Budget budget) {
        return budget.beyondStructure().stream()
                .limit(1)
                .filter(cause -> budget.tenths(cause) >= NAMED_TENTHS)
                .map(cause -> ": " + points(budget.tenths(cause)) + " points are " + Place.culprit(cause, pipeline))
                .findFirst()
                .orElse("");
    }

    private static String points(int tenths) {
        return Units.decimals(tenths / 10.0, tenths < 100 ? 1 : 0);
    }

    /**
     * The bubble of the recorded order without imbalance, jitter, transfers and delays: idle time over (devices x
     * makespan) in the replay R0, over all counted windows that can be replayed.
     */
    static OptionalDouble replayed(PipelineAnalysis pipeline) {
        double deviceNs = 0;
        double busyNs = 0;
        for (IterationAnalysis iteration : Windows.counted(pipeline)) {
            if (iteration.replayNs() != null) {
                deviceNs += (double) iteration.replayNs().structure()
                        * iteration.devices().size();
                for (DeviceAnalysis device : iteration.devices()) {
                    busyNs += idealNs(device.tasks());
                }
            }
        }
        return deviceNs == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - busyNs / deviceNs);
    }

    /** Time that the replayed tasks cover; tasks of a block overlap. */
    private static long idealNs(TaskSpans tasks) {
        long covered = 0;
        long end = Long.MIN_VALUE;
        for (int i = 0; i < tasks.size(); i++) {
            long idealEnd = tasks.idealEndNs(i);
            covered += Math.max(0, idealEnd - Math.max(end, tasks.idealStartNs(i)));
            end = Math.max(end, idealEnd);
        }
        return covered;
    }
}
