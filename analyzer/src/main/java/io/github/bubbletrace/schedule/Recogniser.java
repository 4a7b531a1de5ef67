package io.github.bubbletrace.schedule;

import io.github.bubbletrace.analysis.ScheduleVerdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names the schedule of a recorded order by comparing it with what every generator would have written.
 *
 * <p>A kind's score is the share of actions that need not be moved (see {@link Misplaced}), over all iterations, with the
 * kind's best variant in each. The kind with the best score is named if it reaches {@value #ACCEPTED}, so that a tenth of
 * the actions may have changed places with a neighbour, while orders of another make stay well below: a 1F1B that warms up
 * one forward longer has about half of its actions misplaced.
 *
 * <p>Confidence is score / (1 + exp(-(d2 - d1))), d1 and d2 being the misplaced actions per iteration of the best and the
 * second kind: it tends to the score where the second is far away and to half of it where both fit equally. Then the
 * earlier kind of {@link ScheduleKind} is named and the runner-up names the equal one; with one micro-batch that is
 * {@code naive} and {@code gpipe}. Only kinds with the recorded phases can be named: without backwards that is
 * {@code forward}, as sure as its score: its runner-up {@code decode} has the same order and differs by its feedback; with separate weight gradients none of the
 * kinds here. Recomputation is not compared.
 */
public final class Recogniser {

    /** Least score of a kind that is named. */
    static final double ACCEPTED = 0.8;

    private static final String OTHER = "other";
    private static final String DECODE = "decode";

    private Recogniser() {}

    /**
     * The verdict on {@code recorded}. For {@code other} the runner-up is the nearest kind, the disagreement is with that
     * kind, and the confidence is 1 - its score, or at least one half where it lacks a recorded phase.
     *
     * @param from what the tasks were found by, as {@code ranges}
     */
    public static ScheduleVerdict recognise(RecordedOrders recorded, String from) {
        List<RecordedIteration> iterations = recorded.iterations().stream()
                .map(RecordedIteration::of)
                .filter(iteration -> iteration.actions() > 0)
                .toList();
        if (iterations.isEmpty()) {
            return new ScheduleVerdict(OTHER, 0, null, null, from);
        }
        List<Candidate> candidates = candidates(iterations, recorded.chunksPerDevice());
        Candidate best = candidates.get(0);
        String disagreement = Disagreement.first(recorded.ranks(), iterations, best);
        if (!best.samePhases() || best.score() < ACCEPTED) {
            double sure = best.samePhases() ? 1 - best.score() : Math.max(0.5, 1 - best.score());
            return new ScheduleVerdict(OTHER, sure, best.kind().key(), disagreement, from);
        }
        if (best.kind().isForwardOnly()) {
            return new ScheduleVerdict(best.kind().key(), best.score(), DECODE, disagreement, from);
        }
        Optional<Candidate> second =
                candidates.stream().skip(1).filter(Candidate::samePhases).findFirst();
        String runnerUp = second.map(candidate -> candidate.kind().key()).orElse(null);
        return new ScheduleVerdict(best.kind().key(), confidence(best, second), runnerUp, disagreement, from);
    }

    /** Best first: kinds with the recorded phases, then by misplaced actions; equal ones keep the order of the kinds. */
    private static List<Candidate> candidates(List<RecordedIteration> iterations, int chunksPerDevice) {
        return Arrays.stream(ScheduleKind.values())
                .filter(kind -> shapes(iterations, chunksPerDevice)
                        .allMatch(shape -> kind.refusal(shape).isEmpty() && !kind.isAlias(shape)))
                .map(kind -> Candidate.of(kind, iterations, chunksPerDevice))
                .sorted(Comparator.comparing((Candidate c) -> !c.samePhases())
                        .thenComparingDouble(Candidate::misplaced))
                .toList();
    }

    private static Stream<Shape> shapes(List<RecordedIteration> iterations, int chunksPerDevice) {
        return iterations.stream()
                .map(iteration -> iteration.shape(chunksPerDevice))
                .distinct();
    }

    private static double confidence(Candidate best, Optional<Candidate> second) {
        return second.map(other -> best.score() / (1 + Math.exp(best.misplaced() - other.misplaced())))
                .orElse(best.score());
    }
}
