package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A recorded job that can be replayed: data-parallel replicas of one pipeline. Immutable. */
final class Job {

    private final List<Replica> replicas;
    private final ModelFacts facts;
    private final Plan plan;

    Job(List<Replica> replicas, ModelFacts facts) {
        this.replicas = List.copyOf(replicas);
        this.facts = facts;
        plan = recordedPlan();
    }

    List<Replica> replicas() {
        return replicas;
    }

    /** What the user tells of the model. */
    ModelFacts facts() {
        return facts;
    }

    /** The replica that shapes are read from. */
    Replica first() {
        return replicas.get(0);
    }

    int stages() {
        return first().run().places();
    }

    boolean isForwardOnly() {
        return first().run().forwardOnly();
    }

    /** Mean over the iterations of the slowest replica's recorded window, in nanoseconds. */
    long recordedNs() {
        return Played.mean(stepNs());
    }

    /** Of every iteration, in order, the slowest replica's recorded window in nanoseconds. */
    Map<Integer, Long> stepNs() {
        Map<Integer, Long> slowest = new TreeMap<>();
        for (Replica replica : replicas) {
            replica.windows()
                    .forEach(w -> slowest.merge(w.window().index(), w.window().lengthNs(), Math::max));
        }
        return slowest;
    }

    /** All replicas as recorded. */
    List<Pipeline> recorded() {
        return replicas.stream().map(Replica::pipeline).toList();
    }

    /** The micro-batches of every step, or 0 where steps differ. */
    int microBatches() {
        List<Integer> counts = replicas.stream()
                .flatMap(replica -> replica.windows().stream())
                .map(window -> window.window().microBatches())
                .distinct()
                .toList();
        return counts.size() == 1 ? counts.get(0) : 0;
    }

    /** The plan that was recorded. */
    Plan plan() {
        return plan;
    }

    private Plan recordedPlan() {
        boolean recomputes = first().runs(Phase.R);
        return new Plan(
                first().kind().orElse(null),
                stages(),
                first().run().chunksPerDevice(),
                microBatches(),
                1,
                first().inFlight() == null
                        ? Decoding.NONE
                        : Decoding.recorded(first().inFlight(), first().runs(Phase.S)),
                recomputes,
                recomputes ? 1 : 0,
                1,
                0);
    }

    /** The same job with so few of its steps, evenly chosen, that they have no more tasks than {@code most}. */
    Job sampled(long most) {
        long tasks = replicas.stream()
                .flatMap(replica -> replica.steps().stream())
                .mapToLong(step -> step.graph().tasks())
                .sum();
        int every = (int) Math.max(1, (tasks + most - 1) / most);
        return every == 1
                ? this
                : new Job(replicas.stream().map(replica -> replica.every(every)).toList(), facts);
    }

    /** The same job without these iterations, and without replicas that have no others. */
    Job without(Set<Integer> iterations) {
        return iterations.isEmpty()
                ? this
                : new Job(
                        replicas.stream()
                                .map(replica -> replica.without(iterations))
                                .filter(replica -> !replica.windows().isEmpty())
                                .toList(),
                        facts);
    }

    /** @throws RefusedChangeException where there is no such stage */
    void requireStage(int stage) {
        if (stage < 0 || stage >= stages()) {
            throw new RefusedChangeException(
                    "there is no stage " + stage, "stages are numbered 0 to " + (stages() - 1));
        }
    }
}
