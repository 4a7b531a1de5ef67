package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Continuous batching and speculation against closed forms and longer or drafting loops. */
class DecodeChangesTest {

    private static final long PASS = 1_000_000;

    @TempDir
    private Path folder;

    /** n passes of p stages with k in flight: n tf p / k where stages wait, n tf where they never do. */
    @ParameterizedTest(name = "{0} stages, {1} in flight, {2} passes")
    @CsvSource({"4, 2, 60", "4, 4, 60", "4, 1, 20", "2, 2, 8", "8, 4, 64", "3, 6, 60"})
    void aLoopThatNeverDrainsTakesTheClosedForm(int p, int k, int n) {
        ChangeOutcome outcome = predicted(loop(p, k, n), "continuous");
        double wantedNs = (double) n * PASS * p / Math.min(k, p);
        assertThat(outcome.stepNs().doubleValue()).isEqualTo(wantedNs);
        assertThat(outcome.bubble()).isCloseTo(1 - (double) Math.min(k, p) / p, within(1e-9));
        assertThat(outcome.gainNs())
                .as("fill and drain, of which one batch alone has none")
                .isEqualTo(Math.round(SimulatedJob.stepNs(loop(p, k, n)) - wantedNs))
                .isGreaterThanOrEqualTo(0);
    }

    /** The truth is what another 60 passes add to a loop that runs. */
    @ParameterizedTest(name = "{0} in flight, jitter {1}")
    @CsvSource({"2, 0", "4, 0", "3, 0.1", "4, 0.1"})
    void aLoopThatNeverDrainsIsWhatMorePassesAdd(int k, double jitter) {
        SimulationBuilder run = loop(4, k, 60).transfer(100_000).host(20_000).jitter(jitter);
        ChangeOutcome outcome = predicted(run.iterations(8).seed(3), "continuous");
        double addedNs = SimulatedJob.stepNs(loop(4, k, 600)
                        .transfer(100_000)
                        .host(20_000)
                        .jitter(jitter)
                        .iterations(8)
                        .seed(4))
                - SimulatedJob.stepNs(loop(4, k, 540)
                        .transfer(100_000)
                        .host(20_000)
                        .jitter(jitter)
                        .iterations(8)
                        .seed(4));
        assertThat(outcome.stepNs().doubleValue()).isCloseTo(addedNs, withPercentage(jitter == 0 ? 1 : 3));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"speculate=0@0.7", "speculate=0@0:3", "inflight=2"})
    void aChangeThatChangesNothingIsTheRecordedStep(String change) {
        WhatIfAnalysis whatIf = new SimulatedJob(folder)
                .whatIf(loop(4, 2, 30).transfer(70_000).jitter(0.05).iterations(3), change);
        assertThat(whatIf.changes().get(0).stepNs()).isEqualTo(whatIf.recordedNs());
        assertThat(whatIf.changes().get(0).speedUp()).isEqualTo(1);
    }

    /** A loop that drafts keeps its drafts in a replay with as many batches in flight. */
    @Test
    void recordedDraftsStay() {
        WhatIfAnalysis whatIf = new SimulatedJob(folder).whatIf(drafting(2, 30, 500_000), "inflight=2", "inflight=3");
        assertThat(whatIf.changes().get(0).stepNs()).isEqualTo(whatIf.recordedNs());
        assertThat(whatIf.changes().get(1).stepNs().doubleValue())
                .isEqualTo(SimulatedJob.stepNs(drafting(3, 30, 500_000)));
    }

    /** With one batch in flight a pass takes p tf and the draft, and yields (1 - a^5) / (1 - a) tokens. */
    @Test
    void speculationIsTokensOverTime() {
        WhatIfAnalysis whatIf =
                new SimulatedJob(folder).whatIf(loop(4, 1, 20), "speculate=4@0.5:0.1", "speculate=2@1:0");
        double tokens = (1 - Math.pow(0.5, 5)) / 0.5;
        ChangeOutcome outcome = whatIf.changes().get(0);
        assertThat(outcome.stepNs()).isEqualTo(20 * 4 * PASS + 20 * 4 * PASS * 4 / 10);
        assertThat(outcome.speedUp()).isCloseTo(tokens / 1.4, within(1e-9));
        assertThat(outcome.note())
                .contains(
                        "50.0 % of the drafted tokens",
                        "every " + String.format(Locale.ROOT, "%.3f", 5.6 / tokens) + " ms")
                .contains("recorded 4.000 ms")
                .contains("pays from an acceptance of 28.7 % on");
        assertThat(whatIf.changes().get(1).speedUp()).isCloseTo(3, within(1e-9));
    }

    @Test
    void aDraftThatCostsMoreThanItCanSaveIsSaid() {
        assertThat(predicted(loop(4, 1, 20), "speculate=2@0.9:1.5").note()).contains("it does not pay");
    }

    /** Of 1200 passes a fill and a drain are a quarter of a percent; drafts would only burden a last stage that never waits. */
    @Test
    void aFullLoopIsNotAdvisedWhatHardlyHelps() {
        WhatIfAnalysis whatIf = new SimulatedJob(folder).whatIf(loop(4, 4, 1200), "host=1");
        assertThat(whatIf.advice()).extracting(Advice::change).doesNotContain("continuous", "speculate=4@0.7");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"continuous", "speculate=4@0.7"})
    void trainingHasNoLoop(String change) {
        SimulationBuilder run =
                SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), TaskTimes.of(PASS, PASS));
        assertThatThrownBy(() -> predicted(run, change))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("nothing feeds back");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"speculate=4@1.5, no share of accepted tokens", "speculate=4, no change"})
    void whatIsNoSpeculationIsRefused(String change, String why) {
        assertThatThrownBy(() -> predicted(loop(4, 2, 20), change))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aLoopThatDraftsAlreadyIsNotAskedToDraft() {
        assertThatThrownBy(() -> predicted(drafting(2, 20, 300_000), "speculate=4@0.7"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("verify drafted tokens already");
    }

    private ChangeOutcome predicted(SimulationBuilder run, String change) {
        return new SimulatedJob(folder).predicted(run, change);
    }

    private static SimulationBuilder loop(int p, int k, int n) {
        Shape shape = new Shape(p, 1, n).with(new Serving(k, 0));
        return SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(PASS, 0));
    }

    private static SimulationBuilder drafting(int k, int n, long draftNs) {
        Shape shape = new Shape(4, 1, n).with(new Serving(k, 0).drafting(3, 0.7));
        return SimulationSpec.builder(
                ScheduleKind.DECODE, shape, TaskTimes.of(PASS, 0).serving(OptionalLong.empty(), draftNs));
    }
}
