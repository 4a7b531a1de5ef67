package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.attribution.PredictionError;
import io.github.bubbletrace.findings.Findings;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Predictions about a recorded job. */
public final class WhatIfs {

    /** Predictions are withheld where replays miss the recorded steps by more. */
    static final double MOST_ERROR = 0.05;

    private final Job job;
    private final Memory memory;
    private final Played recorded;
    private final Double error;
    private final String withheld;

    private WhatIfs(Job job) {
        this.job = job;
        memory = new Memory(job.facts(), job.plan());
        recorded = Played.of(job.recorded());
        error = error(job);
        withheld = error != null && error > MOST_ERROR
                ? "replays miss the recorded steps by " + Texts.percent(error) + ", more than "
                        + Texts.percent(MOST_ERROR) + ": steps differ too much from each other to predict one"
                : null;
    }

    /** Predictions about {@code replicas}; empty where none of them is a whole pipeline that can be replayed. */
    public static Optional<WhatIfs> about(List<Findings.Replica> replicas, ModelFacts facts) {
        List<Replica> replayable = replicas.stream()
                .filter(r -> r.run().isWhole())
                .map(r -> Replica.of(
                        r.run(),
                        r.windows(),
                        r.analysis().schedule().kind(),
                        r.analysis().inFlight()))
                .filter(r -> !r.windows().isEmpty())
                .toList();
        return replayable.isEmpty() ? Optional.empty() : Optional.of(new WhatIfs(new Job(replayable, facts)));
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
        Cores.forEach(outcomes.length, i -> {
            try {
                outcomes[i] = outcome(changes.get(i));
            } catch (RefusedChangeException e) {
                if (isWanted) {
                    throw new UnusableInputException("--change " + changes.get(i), e.getMessage(), e.nearest());
                }
            }
        });
        Long bytes = memory.peakBytes(job.plan(), recorded.peakInFlight());
        return new WhatIfAnalysis(
                job.recordedNs(),
                recorded.bubble(),
                recorded.peakInFlight(),
                bytes,
                memory.fits(bytes),
                error,
                withheld,
                new ArrayList<>(Arrays.stream(outcomes).filter(Objects::nonNull).toList()));
    }

    private ChangeOutcome outcome(String text) {
        Scenario scenario = Scenario.parse(text);
        Plan plan = scenario.plan(job);
        Played played = Played.of(scenario.apply(job));
        Long bytes = memory.peakBytes(plan, played.peakInFlight());
        String note = scenario.note(job, plan);
        boolean isShown = withheld == null;
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
                isShown ? note : withheld + (note.isEmpty() ? "" : "; " + note));
    }

    private double speedUp(Plan plan, Played played) {
        double work = job.plan().microBatches() == 0
                ? 1
                : plan.microBatches() * plan.size() / job.plan().microBatches();
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
