package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.findings.Findings;
import io.github.bubbletrace.format.TraceFiles;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.pipeline.Device;
import io.github.bubbletrace.pipeline.Extract;
import io.github.bubbletrace.pipeline.Extractor;
import io.github.bubbletrace.pipeline.Fleet;
import io.github.bubbletrace.pipeline.PipelineFinder;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.trace.IntervalSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Analyses traces. Reads files; never prints, writes or exits. */
public final class Analyzer {

    private Analyzer() {}

    /**
     * The whole analysis of all {@code traces} together; each is a file or a folder of files.
     *
     * @throws io.github.bubbletrace.format.UnusableInputException where a trace cannot be used
     */
    public static Analysis analyze(List<Path> traces, AnalysisOptions options) {
        Fleet fleet = read(traces, options);
        List<Findings.Replica> replicas = PipelineFinder.find(fleet).stream()
                .map(run -> new PipelineAnalyst(run, fleet.log()).analyse())
                .toList();
        Findings findings = Findings.about(replicas);
        return new Analysis(
                inputs(fleet),
                replicas.stream().map(Findings.Replica::analysis).toList(),
                devices(fleet),
                findings.findings(),
                findings.checks(),
                fleet.log().warnings());
    }

    /**
     * What is in {@code traces}, without analysing them.
     *
     * @throws io.github.bubbletrace.format.UnusableInputException where a trace cannot be used
     */
    public static List<InputSummary> inspect(List<Path> traces, AnalysisOptions options) {
        return inputs(read(traces, options));
    }

    private static Fleet read(List<Path> traces, AnalysisOptions options) {
        LabelParser labels = new LabelParser(options.labelPattern());
        List<Extract> files = TraceFiles.expand(traces).stream()
                .map(file -> Extractor.extract(
                        TraceFormat.of(file).reader(options.timeUnit()).read(file), labels))
                .toList();
        return Fleet.merge(files);
    }

    private static List<InputSummary> inputs(Fleet fleet) {
        List<InputSummary> inputs = new ArrayList<>();
        for (int file = 0; file < fleet.files().size(); file++) {
            Extract extract = fleet.files().get(file);
            Extract.Counts counts = extract.counts();
            inputs.add(new InputSummary(
                    extract.source().path(),
                    extract.source().format(),
                    extract.source().producer(),
                    extract.source().schema(),
                    fleet.ranks().ofFile(file),
                    (int) extract.lanes().stream().filter(l -> l.gpu() >= 0).count(),
                    counts.kernels(),
                    counts.copies(),
                    counts.p2p(),
                    counts.collectives(),
                    counts.ranges(),
                    counts.apiCalls(),
                    counts.unmatchedKernels(),
                    counts.labelledRanges(),
                    fleet.clocks().offsetNs().get(file),
                    fleet.clocks().errorNs().get(file),
                    extract.source().missing()));
        }
        return inputs;
    }

    /** Every device over the time from the first to the last activity of all inputs. */
    private static List<DeviceSummary> devices(Fleet fleet) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Device device : fleet.devices()) {
            IntervalSet all = device.activity()
                    .compute()
                    .plus(device.activity().collective())
                    .plus(device.activity().p2p());
            if (all.size() > 0) {
                first = Math.min(first, all.startNs(0));
                last = Math.max(last, all.endNs(all.size() - 1));
            }
        }
        List<DeviceSummary> devices = new ArrayList<>();
        for (Device device : fleet.devices()) {
            devices.add(summary(device, first, last));
        }
        return devices;
    }

    private static DeviceSummary summary(Device device, long firstNs, long lastNs) {
        IntervalSet compute = device.activity().compute();
        long busy = compute.totalNs();
        long communication = device.activity()
                .collective()
                .plus(device.activity().p2p())
                .minus(compute)
                .totalNs();
        long window = lastNs - firstNs;
        return new DeviceSummary(
                device.name(),
                device.rank(),
                device.gpu() < 0 ? null : device.gpu(),
                busy,
                communication,
                window - busy,
                window);
    }
}
