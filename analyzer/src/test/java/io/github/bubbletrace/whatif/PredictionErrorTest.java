package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replays of the other iterations' means miss. */
class PredictionErrorTest {

    @TempDir
    private Path folder;

    private final StringBuilder log = new StringBuilder();

    /**
     * Four equal iterations, but that one posts a receive a moment before its device is free: it waits as long as the others,
     * so every iteration is predicted exactly.
     */
    @Test
    void aReceivePostedAMomentEarlierIsNoOtherTransfer() throws IOException {
        WhatIfAnalysis equal = whatIf(7.01);
        WhatIfAnalysis early = whatIf(7.00);
        assertThat(equal.predictionError()).isZero();
        assertThat(early.predictionError()).isZero();
        assertThat((double) early.changes().get(0).stepNs())
                .as("four micro-batches: the transfer itself is 100 us longer, and no wait comes with it")
                .isCloseTo(equal.changes().get(0).stepNs(), within(100_000.0));
    }

    /** Four iterations, of which the third posts its second receive at {@code receiveOfSecond}. */
    private WhatIfAnalysis whatIf(double receiveOfSecond) throws IOException {
        log.setLength(0);
        log.append("dp_rank,stage,rank,step,optype,start_ts,duration,mc,mb_id\n");
        for (int iteration = 0; iteration < 4; iteration++) {
            iteration(iteration, iteration == 2 ? receiveOfSecond : 7.01);
        }
        Path file = Files.writeString(folder.resolve("spans.csv"), log);
        return Analyzer.whatIf(List.of(file), AnalysisOptions.defaults(), List.of("microbatches=4"));
    }

    @ParameterizedTest(name = "{0} stages, {1} micro-batches, seed {2}")
    @CsvSource({"2, 8, 1", "4, 8, 2", "4, 16, 3", "8, 16, 4", "8, 32, 5", "16, 32, 6"})
    void runsWithThreePercentJitterArePredictedWithinOnePercent(int stages, int microBatches, long seed) {
        Double error = new SimulatedJob(folder)
                .whatIf(
                        SimulationSpec.builder(
                                        ScheduleKind.ONE_F_ONE_B,
                                        new Shape(stages, 1, microBatches),
                                        TaskTimes.of(1_000_000, 2_000_000))
                                .transfer(50_000)
                                .host(5_000)
                                .jitter(0.03)
                                .iterations(10)
                                .seed(seed),
                        "balanced")
                .predictionError();
        assertThat(error).isBetween(0.0001, 0.01);
    }

    /** Two stages and two micro-batches, in hundredths of a second. */
    private void iteration(int number, double receiveOfSecond) {
        span(number, 0, "forward-compute", 0, 0, 1);
        span(number, 0, "forward-send", 0, 1, 1.01);
        span(number, 0, "forward-compute", 1, 1.01, 2.01);
        span(number, 0, "forward-send", 1, 2.01, 7.03);
        span(number, 0, "backward-recv", 0, 2.01, 7.02);
        span(number, 0, "backward-compute", 0, 7.02, 9.02);
        span(number, 0, "backward-recv", 1, 9.02, 13.04);
        span(number, 0, "backward-compute", 1, 13.04, 15.04);
        span(number, 1, "forward-recv", 0, 0, 1.01);
        span(number, 1, "forward-compute", 0, 1.01, 3.01);
        span(number, 1, "backward-compute", 0, 3.01, 7.01);
        span(number, 1, "backward-send", 0, 7.01, 7.02);
        span(number, 1, "forward-recv", 1, receiveOfSecond, 7.03);
        span(number, 1, "forward-compute", 1, 7.03, 9.03);
        span(number, 1, "backward-compute", 1, 9.03, 13.03);
        span(number, 1, "backward-send", 1, 13.03, 13.04);
    }

    private void span(int iteration, int stage, String what, int microBatch, double from, double to) {
        double start = iteration * 0.2 + from / 100;
        log.append(String.format(
                Locale.ROOT,
                "0,%d,%d,%d,%s,%.6f,%.6f,0,%d%n",
                stage,
                stage,
                iteration,
                what,
                start,
                (to - from) / 100,
                microBatch));
    }
}
