package io.github.bubbletrace.whatif;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.SimulatedIteration;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Simulated runs, written and asked for what would be if. */
final class SimulatedJob {

    private final Path folder;

    SimulatedJob(Path folder) {
        this.folder = folder;
    }

    /** What one change is predicted to make of a run. */
    ChangeOutcome predicted(SimulationBuilder run, String change) {
        return whatIf(run, change).changes().get(0);
    }

    /** The same of several changes, or the menu. */
    WhatIfAnalysis whatIf(SimulationBuilder run, String... changes) {
        return Analyzer.whatIf(List.of(written(run)), AnalysisOptions.defaults(), List.of(changes));
    }

    /** The trace of a run. */
    Path written(SimulationBuilder run) {
        Path target = folder.resolve("run" + System.nanoTime());
        try {
            NsysWriter.write(Simulation.run(run.build()), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** The mean length of a run's iterations. */
    static double stepNs(SimulationBuilder run) {
        return Simulation.run(run.build()).iterations().stream()
                .mapToLong(SimulatedIteration::windowNs)
                .average()
                .orElseThrow();
    }
}
