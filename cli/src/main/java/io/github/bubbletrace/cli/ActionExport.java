package io.github.bubbletrace.cli;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.RecordedActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the recorded orders as action lists: of several replicas one file each, the first under the user's name. */
final class ActionExport {

    private ActionExport() {}

    /** Writes the files; says what a file does not show, a line each. */
    static List<String> write(Path file, Analysis analysis) {
        List<String> notes = new ArrayList<>();
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            List<String> lines = RecordedActions.lines(pipeline);
            boolean first = pipeline.replica() == analysis.pipelines().get(0).replica();
            Path target = first ? file : named(file, pipeline.replica());
            Delivery.replace(target, lines.isEmpty() ? "" : String.join("\n", lines) + '\n');
            long others = RecordedActions.others(pipeline, lines);
            if (others > 0) {
                notes.add("--write-actions: " + others + " iterations of replica " + pipeline.replica()
                        + " ran in another order than the one of median length, which was written");
            }
        }
        if (analysis.pipelines().isEmpty()) {
            notes.add("--write-actions: no pipeline was found, so there is no order to write");
        }
        return notes;
    }

    /** {@code orders.csv} becomes {@code orders-replica1.csv}. */
    private static Path named(Path file, int replica) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return file.resolveSibling(name.substring(0, end) + "-replica" + replica + name.substring(end));
    }
}
