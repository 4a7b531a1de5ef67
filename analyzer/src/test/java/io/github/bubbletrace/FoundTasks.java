package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a pipeline as lines that two analyses of one run have in common. */
final class FoundTasks {

    private FoundTasks() {}

    /** Iteration, device, chunk, phase, micro-batch, duration, and start within the iteration of every task. */
    static List<String> of(PipelineAnalysis pipeline) {
        List<String> found = new ArrayList<>();
        for (IterationAnalysis iteration : pipeline.iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                TaskSpans tasks = device.tasks();
                for (int t = 0; t < tasks.size(); t++) {
                    found.add(iteration.index() + " " + device.device() + " " + tasks.chunk(t) + tasks.phase(t)
                            + tasks.microBatch(t) + " " + (tasks.endNs(t) - tasks.startNs(t)) + " at "
                            + (tasks.startNs(t) - iteration.startNs()));
                }
            }
        }
        return found;
    }

    /** The same of all pipelines of an analysis. */
    static List<String> of(Analysis analysis) {
        return analysis.pipelines().stream()
                .flatMap(pipeline -> of(pipeline).stream())
                .toList();
    }
}
