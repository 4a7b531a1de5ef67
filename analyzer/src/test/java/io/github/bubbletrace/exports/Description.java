package io.github.bubbletrace.exports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.ArrayList;
import java.util.List;

/** Everything an analysis says, as lines that can be compared. */
final class Description {

    private final List<String> lines = new ArrayList<>();

    private Description() {}

    /** All that is said, what only tells the input files apart excepted. */
    static List<String> of(Analysis analysis) {
        Description all = new Description();
        analysis.inputs().forEach(i -> all.lines.add(i.toString().replaceFirst("path=[^,]*, fingerprint=[^,]*", "")));
        analysis.devices().forEach(d -> all.lines.add(d.toString()));
        analysis.warnings().forEach(w -> all.lines.add(w.toString()));
        analysis.findings().forEach(f -> all.lines.add(f.toString()));
        all.lines.addAll(ofPipelines(analysis));
        return all.lines;
    }

    /** What is said about the pipelines, findings excepted. */
    static List<String> ofPipelines(Analysis analysis) {
        Description pipelines = new Description();
        analysis.pipelines().forEach(pipelines::add);
        return pipelines.lines;
    }

    private void add(PipelineAnalysis pipeline) {
        lines.add("replica " + pipeline.replica() + " stages " + pipeline.stages() + " chunks "
                + pipeline.chunksPerDevice() + " tp " + pipeline.tensorParallel() + " mbs " + pipeline.microBatches()
                + " " + pipeline.schedule() + " " + pipeline.stageTimes() + " " + pipeline.totals());
        pipeline.iterations().forEach(this::add);
    }

    private void add(IterationAnalysis iteration) {
        lines.add("iteration " + iteration.index() + " " + iteration.startNs() + "-" + iteration.endNs() + " "
                + iteration.replayNs());
        iteration.devices().forEach(this::add);
    }

    private void add(DeviceAnalysis device) {
        lines.add(device.device() + " stage " + device.stage() + " busy " + device.busyNs() + " other "
                + device.otherBusyNs() + " " + device.idleNs() + " peak " + device.peakInFlight() + " late "
                + device.ownLatenessNs() + " " + device.boundary());
        for (int t = 0; t < device.tasks().size(); t++) {
            lines.add("  " + device.tasks().chunk(t) + device.tasks().phase(t)
                    + device.tasks().microBatch(t) + " " + device.tasks().startNs(t) + "-"
                    + device.tasks().endNs(t) + " " + device.tasks().idealStartNs(t));
        }
        for (int i = 0; i < device.idle().size(); i++) {
            lines.add("  " + device.idle().cause(i) + " " + device.idle().startNs(i) + "-"
                    + device.idle().endNs(i));
        }
    }
}
