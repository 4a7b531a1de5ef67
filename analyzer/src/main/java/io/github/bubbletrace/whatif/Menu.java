package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The changes worth a look for a run; those that make no sense for it are left out when they are tried. */
final class Menu {

    /** Tasks of all steps from which on the menu is short. */
    private static final long LARGE = 20_000;

    private final Job job;
    private final Plan plan;
    private final Set<String> changes = new LinkedHashSet<>();

    private Menu(Job job) {
        this.job = job;
        plan = job.plan();
    }

    static List<String> of(Job job) {
        Menu menu = new Menu(job);
        menu.costs();
        if (job.isForwardOnly()) {
            menu.serving();
        } else {
            menu.training();
        }
        menu.stages();
        return new ArrayList<>(menu.changes);
    }

    private void costs() {
        changes.add("balanced");
        changes.add("stage:" + slowestStage() + "=mean");
        if (hasTransfers()) {
            changes.add("transfers=0");
            changes.add("transfers=0.5");
            if (hasLateReceives()) {
                changes.add("transfers=overlapped");
            }
        }
        if (hasHostDelays()) {
            changes.add("host=0");
            changes.add("host:" + latestStage() + "=0");
        }
    }

    private void training() {
        if (isLarge()) {
            changes.add("microbatches=" + 2 * plan.microBatches());
            changes.add("schedule=interleaved:2");
            changes.add("schedule=zb-h1");
            return;
        }
        microBatches();
        for (ScheduleKind kind : ScheduleKind.values()) {
            boolean isOther = kind != plan.kind() && kind != ScheduleKind.PIPEDREAM && kind != ScheduleKind.NAIVE;
            if (isOther && !kind.isForwardOnly()) {
                changes.add("schedule=" + kind.key() + (kind == ScheduleKind.INTERLEAVED ? ":2" : ""));
            }
        }
        if (plan.kind() == ScheduleKind.GPIPE) {
            changes.add("schedule=1f1b+microbatches=" + 2 * plan.microBatches());
        }
        changes.add(job.first().runs(Phase.R) ? "recompute=none" : "recompute=full");
    }

    /** Whether trying everything would take longer than a report may: other orders are built anew for each change. */
    private boolean isLarge() {
        long tasks = job.replicas().stream()
                .flatMap(replica -> replica.steps().stream())
                .mapToLong(step -> step.graph().tasks())
                .sum();
        return tasks > LARGE;
    }

    private void serving() {
        if (job.first().inFlight() != null) {
            int inFlight = plan.decoding().inFlight();
            changes.add("inflight=" + (inFlight + 1));
            changes.add("inflight=" + Math.max(inFlight, plan.stages()));
            changes.add("continuous");
            changes.add(Advisor.SPECULATION);
        } else {
            microBatches();
        }
    }

    private void microBatches() {
        int m = plan.microBatches();
        if (m > 0) {
            changes.add("microbatches=" + 2 * m);
            changes.add("microbatches=" + 4 * m);
            changes.add("microbatches=" + 2 * m + "@batch");
            if (m > 1 && m % 2 == 0) {
                changes.add("microbatches=" + m / 2);
            }
        }
    }

    private void stages() {
        if (isLarge()) {
            return;
        }
        changes.add("stages=" + 2 * plan.stages());
        if (plan.stages() % 2 == 0 && plan.stages() > 2) {
            changes.add("stages=" + plan.stages() / 2);
        }
    }

    private int slowestStage() {
        double[] ns = new double[job.stages()];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int task = 0; task < step.graph().tasks(); task++) {
                    ns[replica.stageOf(step.device(task))] += step.ownNs(task);
                }
            }
        }
        return largest(ns);
    }

    private int latestStage() {
        double[] ns = new double[job.stages()];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int block = 0; block < step.graph().blocks(); block++) {
                    ns[replica.stageOf(step.graph().deviceOf(block))] += Math.max(0, step.delayNs(block));
                }
            }
        }
        return largest(ns);
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private boolean hasTransfers() {
        for (Step step : job.first().steps()) {
            for (int edge = 0; edge < step.graph().edges(); edge++) {
                if (step.transferNs(edge) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a receive is ever posted only when its device is free. */
    private boolean hasLateReceives() {
        for (Step step : job.first().steps()) {
            for (int edge = 0; edge < step.graph().edges(); edge++) {
                if (step.graph().receive(edge) != Receive.PREPOSTED) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasHostDelays() {
        for (Step step : job.first().steps()) {
            for (int block = 0; block < step.graph().blocks(); block++) {
                if (step.delayNs(block) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
