package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.StragglerAnalysis.Group;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stragglers, blame, best split and advice of simulated runs whose causes are known. */
class DiagnosisTest {

    private static final TaskTimes TIMES = TaskTimes.of(1_000_000, 2_000_000);

    @TempDir
    private Path folder;

    @Test
    void nobodyStragglesInABalancedRun() {
        WhatIfAnalysis whatIf = job().whatIf(run(16), "balanced");
        StragglerAnalysis stragglers = whatIf.stragglers();
        assertThat(stragglers.slowdown()).isEqualTo(1);
        assertThat(stragglers.sizes()).isEqualTo(1);
        assertThat(stragglers.idealNs()).isEqualTo(19 * 3_000_000);
        assertThat(stragglers.groups()).allMatch(group -> group.added() == 1 && group.removed() == 1);
        assertThat(whatIf.blame().savedNs()).allMatch(row -> row.stream().allMatch(ns -> ns == 0));
        assertThat(whatIf.blame().ownLatenessNs()).allMatch(ns -> ns == 0);
    }

    /** A slow stage alone: the ideal step is (m + p - 1) times the mean stage, and only that stage added gives S or more. */
    @ParameterizedTest
    @ValueSource(doubles = {1.2, 1.5, 2})
    void aSlowStageIsTheStraggler(double factor) {
        WhatIfAnalysis whatIf = job().whatIf(run(16).imbalance(2, factor), "balanced");
        StragglerAnalysis stragglers = whatIf.stragglers();
        double mean = (3 + factor) / 4;
        assertThat((double) stragglers.idealNs()).isCloseTo(19 * 3e6 * mean, within(100.0));
        double recorded = SimulatedJob.stepNs(run(16).imbalance(2, factor));
        assertThat(stragglers.slowdown()).isCloseTo(recorded / (19 * 3e6 * mean), within(1e-6));
        Group slow = group(stragglers, "stage", "2");
        double onlySlow = SimulatedJob.stepNs(run(16).imbalance(0, mean)
                .imbalance(1, mean)
                .imbalance(2, factor)
                .imbalance(3, mean));
        assertThat(slow.added()).isCloseTo(onlySlow / stragglers.idealNs(), within(1e-6));
        double without = SimulatedJob.stepNs(run(16).imbalance(2, mean));
        assertThat(slow.removed()).isCloseTo(without / recorded, within(1e-6));
        assertThat(group(stragglers, "device", "rank2").added()).isEqualTo(slow.added());
        assertThat(group(stragglers, "stage", "0").removed()).isGreaterThanOrEqualTo(1);
        assertThat(stragglers.stageByReplica().get(2).get(0)).isEqualTo(slow.added());
    }

    @Test
    void theOthersWaitForTheSlowStageAndForNoOtherOne() {
        BlameMatrix blame = job().whatIf(run(16).imbalance(2, 1.6), "balanced").blame();
        double recorded = SimulatedJob.stepNs(run(16).imbalance(2, 1.6));
        double fixed = SimulatedJob.stepNs(run(16).imbalance(2, 1.15));
        assertThat((double) blame.stepSavedNs().get(2)).isCloseTo(recorded - fixed, within(100.0));
        for (int stage = 0; stage < 4; stage++) {
            for (int other = 0; other < 4; other++) {
                long saved = blame.savedNs().get(stage).get(other);
                assertThat(saved)
                        .as("stage %d, fixed %d", stage, other)
                        .isLessThanOrEqualTo(blame.waitNs().get(stage));
                if (other != 2) {
                    assertThat(saved).isZero();
                }
            }
            if (stage != 2) {
                assertThat(blame.savedNs().get(stage).get(2)).isPositive();
            }
        }
    }

    @Test
    void ownLatenessStandsBesideBlame() {
        BlameMatrix blame = job().whatIf(run(8).host(1, 300_000), "balanced").blame();
        assertThat(blame.ownLatenessNs()).isEqualTo(List.of(0L, 16 * 300_000L, 0L, 0L));
        assertThat(blame.stepSavedNs().get(1)).isPositive();
        assertThat(blame.stepSavedNs().get(3)).isZero();
    }

    /** A head as long as so many layers on top of 8 layers a stage: the sum is shared evenly. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"4 ; 9,9,9,5 ; Et*9|t*9|t*9|t*5,L", "0 ; 8,8,8,8 ; Et*8|t*8|t*8|t*8,L"})
    void theBestSplitSharesTheHead(int headLayers, String layers, String layout) {
        SimulationBuilder run = run(16).imbalance(3, (8 + headLayers) / 8.0);
        LayerSplit split = whatIf(run, new ModelFacts(32, 0, 0, 0, 0)).layerSplit();
        assertThat(split.layers())
                .isEqualTo(java.util.Arrays.stream(layers.split(","))
                        .map(Integer::valueOf)
                        .toList());
        assertThat(split.layout()).isEqualTo(layout);
        assertThat(split.headNs()).isEqualTo(headLayers * 3_000_000L / 8);
        double even = (8 * 4 + headLayers) / 32.0;
        double truth = SimulatedJob.stepNs(
                run(16).imbalance(0, even).imbalance(1, even).imbalance(2, even).imbalance(3, even));
        assertThat((double) split.stepNs()).isCloseTo(truth, within(1000.0));
        assertThat(job().predicted(run, "layers=" + layers).stepNs()).isEqualTo(split.stepNs());
    }

    @Test
    void withoutTheNumberOfLayersTheSplitIsInShares() {
        LayerSplit split = whatIf(run(16).imbalance(3, 1.5), ModelFacts.NONE).layerSplit();
        assertThat(split.layers()).isNull();
        assertThat(split.layout()).isNull();
        assertThat(split.shares().get(3)).isCloseTo(0.625, within(0.02));
        assertThat(split.shares().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(4, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"2, 9", "4, 27", "8, 63", "16, 135"})
    void microBatchesForNinetyPercent(int stages, int microBatches) {
        assertThat(Advisor.wanted(stages, 1)).isEqualTo(microBatches);
    }

    @Test
    void gPipeIsAdvisedToRunOneFOneBFirst() {
        List<Advice> advice = job().whatIf(
                        SimulationSpec.builder(ScheduleKind.GPIPE, new Shape(4, 1, 8), TIMES), "balanced")
                .advice();
        assertThat(advice).anySatisfy(item -> {
            assertThat(item.change()).isEqualTo("schedule=1f1b+microbatches=28");
            assertThat(item.speedUp()).isCloseTo((28 / 31.0) / (8 / 11.0), within(1e-9));
            assertThat(item.formula()).contains("27 for e = 0.90, p = 4");
        });
        assertThat(advice).allMatch(item -> item.speedUp() > 1.005);
    }

    @Test
    void aFullPipelineIsLeftAlone() {
        List<Advice> advice = job().whatIf(run(128), "balanced").advice();
        assertThat(advice).extracting(Advice::change).doesNotContain("microbatches=128", "schedule=interleaved:2");
    }

    @Test
    void aDecodeLoopWithHolesIsAdvisedMoreBatchesInFlight() {
        Shape shape = new Shape(4, 1, 60).with(new Serving(2, 0));
        List<Advice> advice = job().whatIf(SimulationSpec.builder(ScheduleKind.DECODE, shape, TIMES), "balanced")
                .advice();
        assertThat(advice.get(0).change()).isEqualTo("inflight=4");
        assertThat(advice).allMatch(item -> item.speedUp() > 1.005);
        assertThat(advice).extracting(Advice::change).contains("speculate=4@0.7", "continuous");
    }

    /** Even where single tasks straggle the sizes of micro-batches are told from accidents. */
    @Test
    void oneStragglingTaskIsNoSize() {
        StragglerAnalysis stragglers = job().whatIf(run(8).straggler(0, new Action(Phase.F, 1, 3), 6), "balanced")
                .stragglers();
        assertThat(stragglers.slowdown()).isGreaterThan(1.05);
        assertThat(stragglers.sizes()).isCloseTo(1, within(1e-9));
    }

    private SimulatedJob job() {
        return new SimulatedJob(folder);
    }

    private WhatIfAnalysis whatIf(SimulationBuilder run, ModelFacts facts) {
        return Analyzer.whatIf(
                List.of(job().written(run)), AnalysisOptions.defaults().withModel(facts), List.of("balanced"));
    }

    private static SimulationBuilder run(int microBatches) {
        return SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, microBatches), TIMES);
    }

    private static Group group(StragglerAnalysis stragglers, String kind, String name) {
        return stragglers.groups().stream()
                .filter(group -> group.kind().equals(kind) && group.name().startsWith(name))
                .findFirst()
                .orElseThrow();
    }
}
