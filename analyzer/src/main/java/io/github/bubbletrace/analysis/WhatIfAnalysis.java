package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * What changes would make of a recorded job. Each changes one thing and leaves the rest as recorded, so gains are upper
 * bounds and are never summed.
 *
 * @param recordedNs mean over the iterations that predictions are made from of the slowest replica's window, in nanoseconds
 * @param bubble idle time of all devices over their windows, as recorded
 * @param peakInFlight chunk activations that each stage holds at most, as recorded
 * @param peakBytes memory of the fullest stage as recorded, or null where unknown
 * @param fits whether that is within the memory limit, or null where either is unknown
 * @param memory what allocations in the trace say of the devices; none where there are none
 * @param levelShift where steps change from one level to another; null where they keep one
 * @param predictionError mean over the steps that predictions are made from, of all replicas; null where unknown
 * @param withheld why nothing is predicted, or null
 * @param changes one entry a change
 * @param stragglers who makes steps longer than they would be if nobody straggled
 * @param blame which stage makes which other one wait
 * @param layerSplit the split of the model with the shortest step; null where it was not looked for
 * @param advice what to do, the most helpful first; what rests on numbers that no trace shows comes last
 */
public record WhatIfAnalysis(
        long recordedNs,
        double bubble,
        List<Integer> peakInFlight,
        Long peakBytes,
        Boolean fits,
        List<DeviceMemory> memory,
        LevelShift levelShift,
        Double predictionError,
        String withheld,
        List<ChangeOutcome> changes,
        StragglerAnalysis stragglers,
        BlameMatrix blame,
        LayerSplit layerSplit,
        List<Advice> advice) {}
