package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.Deferred;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
import java.util.List;
import java.util.Map;

/** Analyses made by hand for the tests of the renderers. */
public final class SampleAnalyses {

    private static final Warning NO_PIPELINE = new Warning(
            "no-pipeline",
            Severity.MEDIUM,
            1,
            "No range names a phase and a micro-batch",
            "Record with ranges such as F3 or forward_step mb=3 around every task");

    public static final RunInfo RUN = new RunInfo("1.2.3", "bubbletrace analyze rank0.sqlite");

    /** Markup, a right-to-left override, a bell, a lone surrogate, quotes. */
    static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u202Egnp\u0007\uD800'\"&<lambda>";

    private SampleAnalyses() {}

    /** 1F1B, 4 stages, 8 micro-batches, three iterations; stage 3 is slow and stage 1's host is late. */
    public static Analysis pipeline() {
        return new Analysis(
                List.of(input("traces/rank0.sqlite", 0), input("traces/rank1.sqlite", 1)),
                List.of(SamplePipeline.of(0, 4, 8, 3).pipeline()),
                devices(4),
                List.of(slowStage(), finding("late-host", Severity.LOW, "Stage 1 launches late.", 800_000, 0.021)),
                List.of(),
                List.of(new Warning(
                        "kernels-without-api-call",
                        Severity.INFO,
                        24,
                        "Kernels whose API call is not in the trace.",
                        "Record with --trace=cuda,nvtx from the start.")),
                Deferred.of(SampleWhatIf.of("rank1:gpu0")),
                Details.NONE);
    }

    /** 64 stages and 256 micro-batches: more spans than a picture can hold one by one. */
    public static Analysis large() {
        return new Analysis(
                List.of(input("all.sqlite", 0)),
                List.of(SamplePipeline.of(0, 64, 256, 1).pipeline()),
                devices(64),
                List.of(),
                List.of(),
                List.of(),
                Deferred.of(null),
                Details.NONE);
    }

    /** Two replicas; the second one is the slower. */
    public static Analysis twoReplicas() {
        return new Analysis(
                List.of(input("a.sqlite", 0)),
                List.of(
                        SamplePipeline.of(0, 2, 4, 60).pipeline(),
                        SamplePipeline.of(1, 2, 6, 2).pipeline()),
                devices(4),
                List.of(),
                List.of(),
                List.of(),
                Deferred.of(null),
                Details.NONE);
    }

    /** A pipeline whose order is unknown and whose idle time is mostly unresolved. */
    public static Analysis unresolved() {
        PipelineAnalysis known = SamplePipeline.of(0, 4, 8, 1).pipeline();
        CauseTimes idle = known.totals().idleNs().plus(CauseTimes.only(Cause.UNRESOLVED, 40_000_000));
        ScheduleVerdict other = new ScheduleVerdict("other", 0.3, "gpipe", "stage 1, 3rd task", "ranges");
        return new Analysis(
                List.of(input("a.sqlite", 0)),
                List.of(SamplePipeline.with(known, other, idle)),
                devices(4),
                List.of(),
                List.of(),
                List.of(),
                Deferred.of(null),
                Details.NONE);
    }

    /** No pipeline: two devices and the reason. */
    public static Analysis noPipeline() {
        return noPipeline(List.of(NO_PIPELINE));
    }

    /** The same where transfers were looked at in vain. */
    public static Analysis noStructure() {
        return noPipeline(List.of(
                NO_PIPELINE,
                new Warning(
                        "no-structure",
                        Severity.MEDIUM,
                        1,
                        "kernels and transfers alone show no pipeline either: all devices send alike",
                        "label it")));
    }

    private static Analysis noPipeline(List<Warning> warnings) {
        return new Analysis(
                List.of(input("nccl.sqlite", 0)),
                List.of(),
                devices(2),
                List.of(),
                List.of(),
                warnings,
                Deferred.of(null),
                Details.NONE);
    }

    /** Nothing at all. */
    public static Analysis empty() {
        return new Analysis(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Deferred.of(null), Details.NONE);
    }

    /** Every text that can come from a trace is {@link #HOSTILE}. */
    public static Analysis hostile() {
        String name = HOSTILE + "x".repeat(10_000);
        Analysis plain = pipeline();
        PipelineAnalysis pipeline = SamplePipeline.named(0, 4, 8, HOSTILE);
        ScheduleVerdict schedule = new ScheduleVerdict(name, 0.5, name, name, name);
        InputSummary input = new InputSummary(
                name, null, name, name, name, List.of(0, 2), 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, List.of(name, HOSTILE));
        Map<String, Object> evidence =
                Map.of(HOSTILE, HOSTILE, "share", Double.NaN, "whereNs", 12_000L, "list", List.of(1, "two"));
        return new Analysis(
                List.of(input),
                List.of(SamplePipeline.with(
                        pipeline, schedule, pipeline.totals().idleNs())),
                List.of(new DeviceSummary(HOSTILE, 0, null, 1, 0, 1, 2)),
                List.of(new Finding(HOSTILE, Severity.HIGH, name, 1, Double.NaN, evidence, name, name)),
                List.of(),
                List.of(
                        new Warning(HOSTILE, Severity.HIGH, 1, name, name),
                        plain.warnings().get(0)),
                Deferred.of(SampleWhatIf.of(HOSTILE)),
                Details.NONE);
    }

    private static InputSummary input(String path, int rank) {
        return new InputSummary(
                path,
                "sha256:" + "0123456789abcdef".repeat(4),
                "nsys-sqlite",
                "2024.2.3",
                "3.11.4",
                List.of(rank),
                1,
                2002,
                5005,
                12,
                4,
                1004,
                45_000,
                24,
                256,
                0,
                80,
                List.of());
    }

    private static List<DeviceSummary> devices(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(rank -> new DeviceSummary(
                        "rank" + rank + ":gpu0",
                        rank,
                        0,
                        80_000_000L - rank,
                        5_000_000,
                        20_000_000L + rank,
                        100_000_000))
                .toList();
    }

    private static Finding slowStage() {
        return finding("slow-stage", Severity.HIGH, "Stage 3 takes 1.34 times the median stage", 6_300_000, 0.1487);
    }

    private static Finding finding(String id, Severity severity, String title, long gainNs, double gain) {
        return new Finding(
                id,
                severity,
                title,
                gainNs,
                gain,
                Map.of("stage", 3, "relative", 1.34, "meanTaskNs", 32_160_000L),
                "Move layers from stage 3 to the stages before it, or give the head a stage of its own.",
                "Record again: the stage times table should show factors near 1.");
    }
}
