package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.analysis.LevelShift;
import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.attribution.PredictionError;
import io.github.bubbletrace.findings.Findings;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Later;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Predictions about a recorded job. */
public final class WhatIfs {

    /** Predictions are withheld where replays miss the recorded steps by more. */
    static final double MOST_ERROR = 0.05;

    /** Advice has to promise more work per time than this. */
    private static final double WORTH_IT = 1.005;

    /** Stragglers, blame and split look at so many steps that they have no more tasks. */
    private static final long MOST_TASKS = 40_000;

    private final Job all;
    private final Job job;
    private final LevelShift levelShift;
    private final MeasuredMemory measured;
    private final Memory memory;
    private final Played recorded;
    private final Double error;
    private final String withheld;

    private WhatIfs(Job all, SteadySteps steady) {
        this.all = all;
        job = steady.job();
        Double errorOfAll = error(all);
        levelShift = steady.shift(errorOfAll);
        measured = new MeasuredMemory(job);
        memory = new Memory(job.facts(), job.plan(), measured);
        recorded = Played.of(job.recorded());
        error = job == all ? errorOfAll : error(job);
        withheld = error != null && error > MOST_ERROR
                ? "replays miss the recorded steps by " + Texts.percent(error) + ", more than "
                        + Texts.percent(MOST_ERROR) + ": steps differ too much from each other to predict one"
                : null;
    }

    /**
     * Predictions about {@code replicas}; empty where none of them is a whole pipeline that can be replayed.
     *
     * @param isChosen whether somebody chose the iterations, so that none of them is left out
     */
    public static Optional<WhatIfs> about(List<Findings.Replica> replicas, ModelFacts facts, boolean isChosen) {
        List<Replica> replayable = replicas.stream()
                .filter(r -> r.run().isWhole())
                .map(r -> Replica.of(
                        r.run(),
                        r.windows(),
                        r.analysis().schedule().kind(),
                        r.analysis().inFlight()))
                .filter(r -> !r.windows().isEmpty())
                .toList();
        if (replayable.isEmpty()) {
            return Optional.empty();
        }
        Job all = new Job(replayable, facts);
        return Optional.of(new WhatIfs(all, isChosen ? SteadySteps.chosen(all) : SteadySteps.of(all)));
    }

    /** The changes that fit the run. */
    public WhatIfAnalysis menu() {
        return analysis(Menu.of(job), false);
    }

    /**
     * The changes that the user asks for.
     *
     * @throws UnusableInputException where one of them makes no sense for the run
     */
    public WhatIfAnalysis of(List<String> changes) {
        return analysis(changes, true);
    }

    private WhatIfAnalysis analysis(List<String> changes, boolean isWanted) {
        ChangeOutcome[] outcomes = new ChangeOutcome[changes.size()];
        Later<StragglerAnalysis> stragglers = new Later<>();
        Later<BlameMatrix> blame = new Later<>();
        Later<LayerSplit> bestSplit = new Later<>();
        Job sample = all.sampled(MOST_TASKS);
        List<Runnable> work = new ArrayList<>(List.of(
                () -> stragglers.set(Stragglers.of(sample)),
                () -> blame.set(Blame.of(sample)),
                () -> bestSplit.set(withheld == null ? BestSplit.of(job.sampled(MOST_TASKS)) : null)));
        for (int i = 0; i < outcomes.length; i++) {
            int number = i;
            work.add(() -> outcomes[number] = outcome(changes.get(number), isWanted));
        }
        Cores.all(work.toArray(new Runnable[0]));
        List<ChangeOutcome> made =
                Arrays.stream(outcomes).filter(Objects::nonNull).toList();
        Long bytes = memory.peakBytes(job.plan(), recorded.peakInFlight());
        return new WhatIfAnalysis(
                job.recordedNs(),
                recorded.bubble(),
                recorded.peakInFlight(),
                bytes,
                memory.fits(bytes),
                measured.devices(),
                levelShift,
                error,
                withheld,
                made,
                stragglers.get(),
                blame.get(),
                bestSplit.get(),
                advice(made, bestSplit.get()));
    }

    /** Null where the change makes no sense for this job and nobody asked for it. */
    private ChangeOutcome outcome(String change, boolean isWanted) {
        try {
            return outcome(change);
        } catch (RefusedChangeException e) {
            if (isWanted) {
                throw new UnusableInputException("--change " + change, e.getMessage(), e.nearest());
            }
            return null;
        }
    }

    /**
     * Suggestions that a replay confirms, the most helpful first and those that rest on supposed numbers last; none where
     * predictions are withheld.
     */
    private List<Advice> advice(List<ChangeOutcome> made, LayerSplit split) {
        if (withheld != null) {
            return List.of();
        }
        List<Advisor.Suggestion> suggestions = Advisor.suggestions(job, recorded, split);
        return Stream.of(false, true)
                .flatMap(supposes -> suggestions.stream()
                        .filter(suggestion -> suggestion.supposes() == supposes)
                        .flatMap(suggestion -> outcome(suggestion, made)
                                .filter(outcome -> outcome.speedUp() > WORTH_IT)
                                .map(outcome -> confirmed(suggestion, outcome))
                                .stream())
                        .sorted(Comparator.comparingDouble((Advice advice) -> -advice.speedUp())))
                .toList();
    }

    private Optional<ChangeOutcome> outcome(Advisor.Suggestion suggestion, List<ChangeOutcome> made) {
        return made.stream()
                .filter(known -> known.change().equals(suggestion.change()))
                .findFirst()
                .or(() -> tried(suggestion.change()));
    }

    private static Advice confirmed(Advisor.Suggestion suggestion, ChangeOutcome outcome) {
        return new Advice(
                suggestion.change(),
                suggestion.text(),
                suggestion.reason(),
                suggestion.formula(),
                suggestion.cost(),
                outcome.note(),
                outcome.stepNs(),
                outcome.speedUp(),
                outcome.fits());
    }

    private Optional<ChangeOutcome> tried(String change) {
        try {
            return Optional.of(outcome(change));
        } catch (RefusedChangeException e) {
            return Optional.empty();
        }
    }

    private ChangeOutcome outcome(String text) {
        Scenario scenario = Scenario.parse(text);
        Plan plan = scenario.plan(job);
        Played played = Played.of(scenario.apply(job));
        Long bytes = memory.peakBytes(plan, played.peakInFlight());
        boolean isShown = withheld == null;
        String note = joined(scenario.note(job, plan), isShown ? tokens(plan, played) : "");
        return new ChangeOutcome(
                text,
                scenario.job(),
                isShown ? played.stepNs() : null,
                isShown ? played.bubble() : null,
                isShown ? job.recordedNs() - played.stepNs() : null,
                isShown ? speedUp(plan, played) : null,
                played.peakInFlight(),
                bytes,
                memory.fits(bytes),
                isShown ? note : joined(withheld, note));
    }

    private static String joined(String first, String second) {
        return first + (first.isEmpty() || second.isEmpty() ? "" : "; ") + second;
    }

    /** What another decode loop means for its sequences; the empty text where the change is about something else. */
    private String tokens(Plan plan, Played played) {
        boolean isLoop = job.plan().decoding().inFlight() > 0 && job.plan().microBatches() > 0;
        return !isLoop || plan.equals(job.plan()) || plan.decoding().inFlight() == 0
                ? ""
                : new TokenTimes(plan.decoding(), plan.microBatches(), played.stepNs())
                        .beside(new TokenTimes(job.plan().decoding(), job.plan().microBatches(), job.recordedNs()));
    }

    private double speedUp(Plan plan, Played played) {
        double work = job.plan().microBatches() == 0
                ? 1
                : plan.microBatches()
                        * plan.size()
                        * plan.decoding().tokensPerPass()
                        / job.plan().microBatches();
        return played.stepNs() == 0 ? 1 : work * job.recordedNs() / played.stepNs();
    }

    /** The mean over the replicas' steps; null where every replica has but one. */
    private static Double error(Job job) {
        double sum = 0;
        long steps = 0;
        for (Replica replica : job.replicas()) {
            OptionalDouble own = PredictionError.of(replica.windows());
            if (own.isPresent()) {
                sum += own.getAsDouble() * replica.windows().size();
                steps += replica.windows().size();
            }
        }
        return steps == 0 ? null : sum / steps;
    }
}
