package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.analysis.LevelShift;
import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.StragglerAnalysis.Group;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import java.util.List;

/** Predictions made by hand for the tests of the renderers. */
final class SampleWhatIf {

    private SampleWhatIf() {}

    /** Four stages of which the last is slow; {@code name} stands wherever a name can. */
    static WhatIfAnalysis of(String name) {
        return new WhatIfAnalysis(
                38_000_000,
                0.31,
                List.of(4, 3, 2, 1),
                18_000_000_000L,
                true,
                List.of(
                        new DeviceMemory("rank0:gpu0", 18_500_000_000L, 10_000_000_000L, 2_000_000_000L),
                        new DeviceMemory(name, 16_000_000_000L, null, null)),
                new LevelShift(5, List.of(0, 1, 2, 3, 4), -0.053, 0.0145),
                0.012,
                null,
                List.of(
                        new ChangeOutcome(
                                "stage:3=mean",
                                name,
                                34_000_000L,
                                0.27,
                                4_000_000L,
                                1.12,
                                List.of(4, 3, 2, 1),
                                18_000_000_000L,
                                true,
                                ""),
                        new ChangeOutcome(
                                "schedule=gpipe",
                                "run gpipe",
                                39_000_000L,
                                0.33,
                                -1_000_000L,
                                0.97,
                                List.of(8, 8, 8, 8),
                                26_000_000_000L,
                                false,
                                name)),
                new StragglerAnalysis(
                        3,
                        37_000_000,
                        33_000_000,
                        1.121,
                        1.003,
                        List.of(
                                new Group("stage", "3", 1.18, 0.88),
                                new Group("device", name, 1.17, 0.89),
                                new Group("phase", "F", 1.04, 0.95)),
                        List.of(List.of(0.99), List.of(0.99), List.of(1.0), List.of(1.18)),
                        List.of(0)),
                new BlameMatrix(
                        List.of(5_000_000L, 4_000_000L, 3_000_000L, 0L),
                        List.of(
                                List.of(0L, 0L, 0L, 3_000_000L),
                                List.of(10_000L, 0L, 0L, 2_000_000L),
                                List.of(0L, 0L, 0L, 2_000_000L),
                                List.of(0L, -20_000L, 0L, 0L)),
                        List.of(0L, 0L, 0L, 4_000_000L),
                        List.of(0L, 700_000L, 0L, 0L)),
                new LayerSplit(
                        List.of(9, 9, 8, 6),
                        List.of(1.125, 1.125, 1.0, 0.75),
                        "Et*9|t*9|t*8|t*6,L",
                        0,
                        900_000,
                        33_500_000,
                        4_500_000,
                        LayerSplit.Source.CHUNKS),
                List.of(
                        new Advice(
                                "microbatches=28",
                                "run 28 micro-batches a step",
                                name,
                                "m >= e (p - 1) / (1 - e)",
                                "a larger batch",
                                "another amount of work a step",
                                100_000_000L,
                                1.2,
                                null),
                        new Advice(
                                "continuous",
                                "continuous batching",
                                name,
                                "tokens per pass",
                                "a scheduler",
                                "",
                                36_000_000L,
                                1.05,
                                null)));
    }
}
