package io.github.bubbletrace.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.reports.SampleAnalyses;
import io.github.bubbletrace.reports.SamplePipeline;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void saysNumberCauseAndPlace() {
        assertThat(Verdict.sentences(SampleAnalyses.pipeline()))
                .containsExactly(
                        "GPUs are busy 61.5 % of the pipeline window.",
                        "Formula 27.3 %, replay 27.3 %, measured 38.5 %: 15 points are stage 3.",
                        "Of the 38.5 % lost, 21.8 points are the schedule itself (1f1b, 4 stages, 8 micro-batches)"
                                + " and 14.6 points imbalance (stage 3 takes 1.34 times the median "
                                + "stage).",
                        "The rest is 2.1 points late launches (stage 1 starts its own work late by 2.88 ms in all).",
                        "Beside the bubble, 2.3 % of the whole run is idle between steps.");
    }

    @Test
    void namesTheSlowestReplica() {
        assertThat(Verdict.sentences(SampleAnalyses.twoReplicas()).get(0))
                .startsWith("Of 2 replicas, replica 1 has the longest median window");
    }

    @Test
    void comparesNoLoneStageWithAPipelineOfOne() {
        assertThat(PipelineVerdict.sentences(SamplePipeline.named(0, 1, 8, "")))
                .isNotEmpty()
                .noneMatch(sentence -> sentence.contains("ormula") || sentence.contains("eplay"));
        assertThat(PipelineVerdict.sentences(SamplePipeline.named(0, 2, 8, "")))
                .anyMatch(sentence -> sentence.startsWith("Formula"));
    }

    @Test
    void admitsDoubt() {
        assertThat(Verdict.text(SampleAnalyses.unresolved()))
                .contains("none of the known schedules (nearest: gpipe, which it leaves at stage 1, 3rd task)")
                .contains("Low confidence: for 19.5 % of the time no cause could be resolved.");
    }

    @Test
    void abstainsWithoutAPipeline() {
        assertThat(Verdict.sentences(SampleAnalyses.noPipeline()))
                .containsExactly(
                        "No pipeline was found in this trace, so its bubble cannot be judged.",
                        "rank0:gpu0 was busy for 80.0 % and rank1:gpu0 was busy for 80.0 % of the recorded 100 ms.",
                        "No range names a phase and a micro-batch.",
                        "Record with ranges such as F3 or forward_step mb=3 around every task.");
        assertThat(Verdict.text(SampleAnalyses.empty())).contains("No device did anything in it.");
    }

    @Test
    void saysWhyStructureDoesNotHelpEither() {
        assertThat(Verdict.sentences(SampleAnalyses.noStructure()))
                .containsSubsequence(
                        "No range names a phase and a micro-batch.",
                        "Kernels and transfers alone show no pipeline either: all devices send alike.",
                        "Record with ranges such as F3 or forward_step mb=3 around every task.");
    }
}
