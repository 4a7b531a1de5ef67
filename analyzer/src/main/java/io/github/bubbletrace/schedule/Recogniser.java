package io.github.bubbletrace.schedule;

import io.github.bubbletrace.analysis.ScheduleVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
 * {@code naive} and {@code gpipe}. Only kinds with the recorded phases can be named. Without backwards that is {@code
 * forward}, or {@code decode} where prefill or decode was recorded, as sure as its score: each is the other's runner-up, for
 * they have the same order and differ by decode's feedback. PipeDream has 1F1B's order: where iterations overlap it is
 * {@code pipedream}, where they follow each other {@code 1f1b}; of a single iteration nothing tells, so that is {@code 1f1b}
 * and the runner-up {@code pipedream}. Recomputations that run right before their backwards are compared, others left out.
 */
public final class Recogniser {

    /** Least score of a kind that is named. */
    static final double ACCEPTED = 0.8;

    private static final String OTHER = "other";
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparing((Candidate c) -> !c.samePhases()).thenComparingDouble(Candidate::misplaced);

    private Recogniser() {}

    /**
     * The verdict on {@code recorded}. For {@code other} the runner-up is the nearest kind, the disagreement is with that
     * kind, and the confidence is 1 - its score, or at least one half where it lacks a recorded phase.
     *
     * @param from what the tasks were found by, as {@code ranges}
     */
    public static ScheduleVerdict recognise(RecordedOrders recorded, String from) {
        List<RecordedIteration> iterations = recorded.iterations().stream()
                .map(iteration -> RecordedIteration.of(iteration))
                .filter(iteration -> iteration.actions() > 0)
                .toList();
        if (iterations.isEmpty()) {
            return new ScheduleVerdict(OTHER, 0, null, null, from);
        }
        List<Candidate> candidates = candidates(iterations, recorded);
        if (candidates.isEmpty()) {
            return new ScheduleVerdict(OTHER, 1, null, null, from);
        }
        Candidate best = candidates.get(0);
        if (!isNamed(best)) {
            return other(recorded, iterations, candidates, from);
        }
        String disagreement = Disagreement.first(recorded.ranks(), iterations, best);
        return named(recorded, best, second(candidates), disagreement, from).with(best.details(iterations));
    }

    private static ScheduleVerdict named(
            RecordedOrders recorded, Candidate best, Optional<Candidate> second, String disagreement, String from) {
        String kind = best.kind().key();
        if (best.kind().isForwardOnly()) {
            String other = best.kind() == ScheduleKind.DECODE ? ScheduleKind.FORWARD.key() : ScheduleKind.DECODE.key();
            return new ScheduleVerdict(kind, best.score(), other, disagreement, from);
        }
        double sure = confidence(best, second);
        String pipedream = ScheduleKind.PIPEDREAM.key();
        boolean alike = best.kind() == ScheduleKind.ONE_F_ONE_B;
        if (alike && recorded.traits().contains(RecordedOrders.Trait.NO_FLUSH)) {
            return new ScheduleVerdict(pipedream, sure, kind, disagreement, from);
        }
        boolean untold = alike && recorded.iterations().size() == 1;
        String runnerUp = second.map(candidate -> candidate.kind().key()).orElse(null);
        return new ScheduleVerdict(kind, sure, untold ? pipedream : runnerUp, disagreement, from);
    }

    private static Optional<Candidate> second(List<Candidate> candidates) {
        return candidates.stream().skip(1).filter(Candidate::samePhases).findFirst();
    }

    /**
     * The same verdict with where {@code recorded} first leaves {@code wanted}, as its first disagreement; null where it
     * never does.
     */
    public static ScheduleVerdict compare(ScheduleVerdict verdict, RecordedOrders recorded, Schedule wanted) {
        List<RecordedIteration> iterations = recorded.iterations().stream()
                .map(iteration -> RecordedIteration.of(iteration, wanted))
                .filter(iteration -> iteration.actions() > 0)
                .toList();
        String disagreement = null;
        for (RecordedIteration iteration : iterations) {
            if (iteration.microBatches().size() != wanted.shape().microBatches()) {
                disagreement = "recorded " + iteration.microBatches().size() + " micro-batches, " + wanted.kind()
                        + " has " + wanted.shape().microBatches();
            } else if (disagreement == null) {
                Optional<Expected> expected = Expected.of(wanted, iteration);
                disagreement = expected.isEmpty()
                        ? "recorded chunks lie on other ranks than in " + wanted.kind()
                        : Disagreement.first(recorded.ranks(), iteration, expected.get(), wanted.kind());
            }
        }
        return verdict.disagreeing(disagreement);
    }

    private static ScheduleVerdict other(
            RecordedOrders recorded, List<RecordedIteration> iterations, List<Candidate> candidates, String from) {
        Candidate nearest = candidates.stream()
                .min(Comparator.comparingDouble(Candidate::misplaced))
                .orElseThrow();
        double sure = nearest.samePhases() ? 1 - nearest.score() : Math.max(0.5, 1 - nearest.score());
        String disagreement = Disagreement.first(recorded.ranks(), iterations, nearest);
        return new ScheduleVerdict(OTHER, sure, nearest.kind().key(), disagreement, from);
    }

    /**
     * Best first. A pipeline whose chunks are all there is taken as whole; only where no kind of that width fits, or the
     * times say so, may devices be missing.
     */
    private static List<Candidate> candidates(List<RecordedIteration> iterations, RecordedOrders recorded) {
        RecordedIteration first = iterations.get(0);
        int chunksPerDevice = recorded.chunksPerDevice();
        boolean open = recorded.traits().contains(RecordedOrders.Trait.OPEN_END);
        List<Candidate> whole =
                candidates(iterations, PipelineWidths.ofWhole(first, chunksPerDevice), chunksPerDevice, false);
        boolean exact =
                !whole.isEmpty() && isNamed(whole.get(0)) && whole.get(0).misplaced() == 0;
        if (exact && !open) {
            return whole;
        }
        List<Candidate> part =
                candidates(iterations, PipelineWidths.ofPart(first, chunksPerDevice, open), chunksPerDevice, false);
        boolean better = !part.isEmpty() && (whole.isEmpty() || isBetter(part.get(0), whole.get(0), open));
        List<Candidate> found = better ? part : whole;
        return found.isEmpty() ? candidates(iterations, List.of(first.orders().size()), chunksPerDevice, true) : found;
    }

    /** Of two that can be named the whole one is the likelier, unless only the other one fits or the times speak for it. */
    private static boolean isBetter(Candidate part, Candidate whole, boolean open) {
        boolean fitsBetter = part.misplaced() < whole.misplaced() && (open || part.misplaced() == 0);
        return isNamed(part) && (!isNamed(whole) || fitsBetter);
    }

    private static boolean isNamed(Candidate candidate) {
        return candidate.samePhases() && candidate.score() >= ACCEPTED;
    }

    /** Kinds with the recorded phases first, then by misplaced actions; equal ones keep the order of the kinds. */
    private static List<Candidate> candidates(
            List<RecordedIteration> iterations, List<Integer> widths, int chunksPerDevice, boolean byPlace) {
        List<Candidate> candidates = new ArrayList<>();
        for (ScheduleKind kind : kinds(iterations)) {
            widths.stream()
                    .filter(devices -> iterations.stream()
                            .map(iteration -> iteration.shape(devices, chunksPerDevice))
                            .distinct()
                            .allMatch(shape -> kind.refusal(shape).isEmpty() && !kind.isAlias(shape)))
                    .flatMap(devices -> Candidate.of(kind, iterations, devices, chunksPerDevice, byPlace).stream())
                    .min(BEST_FIRST)
                    .ifPresent(candidates::add);
        }
        candidates.sort(BEST_FIRST);
        return candidates;
    }

    /** Of the two that run forwards only the phases tell which it is: decode feeds back. */
    private static List<ScheduleKind> kinds(List<RecordedIteration> iterations) {
        boolean serves = iterations.stream().anyMatch(RecordedIteration::serves);
        ScheduleKind excluded = serves ? ScheduleKind.FORWARD : ScheduleKind.DECODE;
        return Arrays.stream(ScheduleKind.values())
                .filter(kind -> kind != excluded)
                .toList();
    }

    private static double confidence(Candidate best, Optional<Candidate> second) {
        return second.map(other -> best.score() / (1 + Math.exp(best.misplaced() - other.misplaced())))
                .orElse(best.score());
    }
}
