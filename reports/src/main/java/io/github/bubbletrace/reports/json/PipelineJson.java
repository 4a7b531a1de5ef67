package io.github.bubbletrace.reports.json;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ReplayTimes;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** One replica in the analysis document. */
final class PipelineJson {

    private PipelineJson() {}

    static void write(JsonOut json, PipelineAnalysis pipeline) throws IOException {
        json.startObject();
        json.number("replica", pipeline.replica());
        json.number("stages", pipeline.stages());
        json.number("chunksPerDevice", pipeline.chunksPerDevice());
        json.number("tensorParallel", pipeline.tensorParallel());
        json.value("microBatches", pipeline.microBatches());
        json.value("inFlight", pipeline.inFlight());
        schedule(json, pipeline.schedule());
        structure(json, pipeline.structure());
        stageTimes(json, pipeline.stageTimes());
        transfers(json, pipeline.transfers());
        json.startArray("iterations");
        for (IterationAnalysis iteration : pipeline.iterations()) {
            iteration(json, iteration);
        }
        json.endArray();
        totals(json, pipeline.totals());
        json.endObject();
    }

    private static void schedule(JsonOut json, ScheduleVerdict schedule) throws IOException {
        json.startObject("schedule");
        json.text("kind", schedule.kind());
        json.ratio("confidence", schedule.confidence());
        json.text("runnerUp", schedule.runnerUp());
        json.text("firstDisagreement", schedule.firstDisagreement());
        json.text("from", schedule.from());
        json.value("expectedStages", schedule.details().stages());
        json.value("groupSize", schedule.details().groupSize());
        json.text("recomputation", schedule.details().recomputation());
        json.endObject();
    }

    private static void structure(JsonOut json, List<StructureStep> structure) throws IOException {
        json.startArray("structure");
        for (StructureStep step : structure) {
            json.startObject();
            json.text("step", step.step());
            json.ratio("confidence", step.confidence());
            json.text("by", step.by());
            json.endObject();
        }
        json.endArray();
    }

    private static void stageTimes(JsonOut json, List<StageTime> stageTimes) throws IOException {
        json.startArray("stageTimes");
        for (StageTime stage : stageTimes) {
            json.startObject();
            json.number("stage", stage.stage());
            json.number("meanTaskNs", stage.meanTaskNs());
            json.ratio("relative", stage.relative());
            json.endObject();
        }
        json.endArray();
    }

    private static void transfers(JsonOut json, List<PairTransfers> transfers) throws IOException {
        json.startArray("transfers");
        for (PairTransfers pair : transfers) {
            json.startObject();
            json.number("from", pair.from());
            json.number("to", pair.to());
            json.number("count", pair.count());
            json.number("estimated", pair.estimated());
            json.number("medianNs", pair.medianNs());
            json.number("p95Ns", pair.p95Ns());
            json.number("totalNs", pair.totalNs());
            json.number("exposedNs", pair.exposedNs());
            json.number("sized", pair.sized());
            optional(json, "medianBytes", pair.medianBytes());
            optional(json, "medianBytesPerSecond", pair.medianBytesPerSecond());
            json.endObject();
        }
        json.endArray();
    }

    private static void optional(JsonOut json, String name, OptionalLong value) throws IOException {
        json.value(name, value.isPresent() ? value.getAsLong() : null);
    }

    private static void iteration(JsonOut json, IterationAnalysis iteration) throws IOException {
        json.startObject();
        json.number("index", iteration.index());
        json.number("startNs", iteration.startNs());
        json.number("endNs", iteration.endNs());
        json.number("microBatches", iteration.microBatches());
        json.flag("skipped", iteration.skipped());
        json.startArray("devices");
        for (DeviceAnalysis device : iteration.devices()) {
            device(json, device);
        }
        json.endArray();
        replays(json, iteration.replayNs());
        json.endObject();
    }

    private static void device(JsonOut json, DeviceAnalysis device) throws IOException {
        json.startObject();
        json.text("device", device.device());
        json.number("rank", device.rank());
        json.value("gpu", device.gpu());
        json.number("stage", device.stage());
        json.number("busyNs", device.busyNs());
        json.number("otherBusyNs", device.otherBusyNs());
        causes(json, device.idleNs());
        json.number("peakInFlight", device.peakInFlight());
        json.number("ownLatenessNs", device.ownLatenessNs());
        boundary(json, device.boundary());
        json.endObject();
    }

    private static void causes(JsonOut json, CauseTimes idleNs) throws IOException {
        json.startObject("idleNs");
        for (Cause cause : Cause.values()) {
            json.number(cause.key(), idleNs.get(cause));
        }
        json.endObject();
    }

    private static void boundary(JsonOut json, Boundary boundary) throws IOException {
        json.startObject("boundary");
        json.number("computeNs", boundary.computeNs());
        json.number("communicationNs", boundary.communicationNs());
        json.number("idleNs", boundary.idleNs());
        json.number("optimizerNs", boundary.optimizerNs());
        json.number("collectiveNs", boundary.collectiveNs());
        json.endObject();
    }

    private static void replays(JsonOut json, ReplayTimes replays) throws IOException {
        if (replays == null) {
            json.value("replayNs", null);
            return;
        }
        json.startObject("replayNs");
        json.number("structure", replays.structure());
        json.number("imbalance", replays.imbalance());
        json.number("jitter", replays.jitter());
        json.number("transfers", replays.transfers());
        json.number("recorded", replays.recorded());
        json.endObject();
    }

    private static void totals(JsonOut json, Totals totals) throws IOException {
        json.startObject("totals");
        json.number("windowNs", totals.windowNs());
        json.number("busyNs", totals.busyNs());
        causes(json, totals.idleNs());
        json.ratio("bubble", totals.bubble());
        json.ratio("closedFormBubble", totals.closedFormBubble());
        boundary(json, totals.boundary());
        json.ratio("boundaryIdle", totals.boundaryIdle());
        json.ratio("predictionError", totals.predictionError());
        json.number("replicaWaitNs", totals.replicaWaitNs());
        json.endObject();
    }
}
