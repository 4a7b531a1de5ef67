package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several changes at once: first what things cost, then what runs where and when. */
final class Scenario {

    private final String text;
    private final List<JobChange> changes;

    private Scenario(String text, List<JobChange> changes) {
        this.text = text;
        this.changes = List.copyOf(changes);
    }

    /** @throws RefusedChangeException where a part of {@code text} is no change */
    static Scenario parse(String text) {
        return new Scenario(text.strip(), ChangeParser.parse(text));
    }

    String text() {
        return text;
    }

    String job() {
        return changes.stream().map(JobChange::job).collect(Collectors.joining("; "));
    }

    /** What is supposed, for the plan that comes out of it. */
    String note(Job job, Plan plan) {
        boolean supposesSplit = plan.kind() != null && plan.kind().splitsBackward() && !OtherSchedule.splits(job);
        return changes.stream()
                .filter(change -> !(change instanceof OtherSchedule) || supposesSplit)
                .map(JobChange::note)
                .filter(note -> !note.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** @throws RefusedChangeException where the changes make no sense for {@code job} */
    Plan plan(Job job) {
        Plan plan = job.plan();
        for (JobChange change : changes) {
            plan = change.plan(plan, job);
        }
        return plan;
    }

    /**
     * The replicas with the changes.
     *
     * @throws RefusedChangeException where they make no sense for {@code job}
     */
    List<Pipeline> apply(Job job) {
        List<StepChange> costs =
                changes.stream().map(change -> change.costs(job)).toList();
        Plan plan = plan(job);
        boolean isSamePlan = plan.equals(job.plan());
        List<Pipeline> replicas = new ArrayList<>();
        var schedule = isSamePlan ? null : plan.schedule();
        for (Replica replica : job.replicas()) {
            List<Step> steps = replica.steps().stream()
                    .map(step -> applied(costs, replica, step))
                    .toList();
            replicas.add(
                    isSamePlan
                            ? new Pipeline(
                                    replica.run().devices().size(),
                                    steps.stream().map(List::of).toList(),
                                    replica.peakInFlight())
                            : new Rebuild(replica, steps, plan, schedule).pipeline());
        }
        return replicas;
    }

    private static Step applied(List<StepChange> costs, Replica replica, Step step) {
        Step changed = step;
        for (StepChange change : costs) {
            changed = change.apply(replica, changed);
        }
        return changed;
    }
}
