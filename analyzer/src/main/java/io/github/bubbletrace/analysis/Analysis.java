package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * The whole result of an analysis. Renderers read nothing else. Times are nanoseconds since the earliest event of all
 * inputs.
 *
 * @param inputs one entry per input file
 * @param pipelines one entry per pipeline replica; empty where the trace shows no pipeline
 * @param devices how busy each device was over all inputs
 * @param findings what the causes amount to, the largest gain first
 * @param checks questions that were asked and found nothing, or could not be answered
 * @param warnings oddities of the inputs, counted
 * @param whatIf what changes would make of the job, worked out when it is first asked for; it gives null where no whole
 *     pipeline can be replayed
 * @param details what lies beneath tasks and idle time
 */
public record Analysis(
        List<InputSummary> inputs,
        List<PipelineAnalysis> pipelines,
        List<DeviceSummary> devices,
        List<Finding> findings,
        List<Check> checks,
        List<Warning> warnings,
        Deferred<WhatIfAnalysis> whatIf,
        Details details) {}
