package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.schedule.Schedule;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        if (plan.equals(job.plan())) {
            return changed(costs, job, Scenario::asRecorded);
        }
        List<Pipeline> rebuilt = changed(costs, job, rebuilt(plan));
        if (!plan.decoding().isContinuous()) {
            return rebuilt;
        }
        List<Pipeline> longer =
                changed(costs, job, rebuilt(plan.withMicroBatches(2 * plan.microBatches(), plan.size())));
        return IntStream.range(0, longer.size())
                .mapToObj(r -> longer.get(r).after(rebuilt.get(r)))
                .toList();
    }

    private static BiFunction<Replica, List<Step>, Pipeline> rebuilt(Plan plan) {
        Schedule schedule = plan.schedule();
        return (replica, steps) -> new Rebuild(replica, steps, plan, schedule).pipeline();
    }

    private static Pipeline asRecorded(Replica replica, List<Step> steps) {
        return new Pipeline(
                replica.run().devices().size(), steps.stream().map(List::of).toList(), replica.peakInFlight());
    }

    private static List<Pipeline> changed(
            List<StepChange> costs, Job job, BiFunction<Replica, List<Step>, Pipeline> build) {
        return job.replicas().stream()
                .map(replica -> build.apply(
                        replica,
                        replica.steps().stream()
                                .map(step -> applied(costs, replica, step))
                                .toList()))
                .toList();
    }

    private static Step applied(List<StepChange> costs, Replica replica, Step step) {
        Step changed = step;
        for (StepChange change : costs) {
            changed = change.apply(replica, changed);
        }
        return changed;
    }
}
