package io.github.bubbletrace.reports.text;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recognised schedule in words, and the doubt about it. */
public final class ScheduleText {

    private static final String OTHER = "other";
    private static final double SURE = 0.8;
    private static final int MAX_KIND = 40;

    private ScheduleText() {}

    /** {@code 1f1b, 4 stages, 8 micro-batches}. */
    public static String shape(PipelineAnalysis pipeline) {
        List<String> parts = new ArrayList<>();
        parts.add(kind(pipeline));
        parts.add(Units.count(pipeline.stages(), "stage"));
        if (pipeline.chunksPerDevice() > 1) {
            parts.add(pipeline.chunksPerDevice() + " chunks a device");
        }
        if (pipeline.schedule().details().recomputation() != null) {
            parts.add("with recomputation");
        }
        if (pipeline.inFlight() != null) {
            parts.add(Units.count(pipeline.inFlight(), "batch") + " in flight");
        } else if (pipeline.microBatches() != null) {
            parts.add(Units.count(pipeline.microBatches(), "micro-batch"));
        } else {
            parts.add("micro-batches vary");
        }
        return String.join(", ", parts);
    }

    /** The schedule's name; {@code unknown schedule} where the order is none of the known ones. */
    public static String kind(PipelineAnalysis pipeline) {
        String kind = pipeline.schedule().kind();
        return OTHER.equals(kind) ? "unknown schedule" : name(kind);
    }

    /** A sentence about why the schedule's name may be wrong; empty where it is sure. */
    public static Optional<String> doubt(PipelineAnalysis pipeline) {
        ScheduleVerdict schedule = pipeline.schedule();
        if (OTHER.equals(schedule.kind())) {
            return Optional.of("The order of the tasks is none of the known schedules" + nearest(schedule)
                    + "; the causes do not depend on its name.");
        }
        if (schedule.confidence() >= SURE) {
            return Optional.empty();
        }
        if (Integer.valueOf(1).equals(pipeline.microBatches())) {
            return Optional.of("With one micro-batch an iteration, naive, gpipe and 1f1b are the same order.");
        }
        return Optional.of("The schedule is only probably " + name(schedule.kind()) + " (confidence "
                + Units.percent(schedule.confidence()) + runnerUp(schedule) + ").");
    }

    private static String nearest(ScheduleVerdict schedule) {
        if (schedule.runnerUp() == null) {
            return "";
        }
        String where = schedule.firstDisagreement() == null
                ? ""
                : ", which it leaves at " + PlainText.clean(schedule.firstDisagreement(), 120);
        return " (nearest: " + name(schedule.runnerUp()) + where + ')';
    }

    private static String name(String kind) {
        return PlainText.clean(kind, MAX_KIND);
    }

    private static String runnerUp(ScheduleVerdict schedule) {
        return schedule.runnerUp() == null ? "" : "; next best: " + name(schedule.runnerUp());
    }
}
