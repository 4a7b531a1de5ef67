package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Deferred;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.HostStop;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.Recording;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.findings.Findings;
import io.github.bubbletrace.format.Fingerprint;
import io.github.bubbletrace.format.TraceFiles;
import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.pipeline.PipelineFinder;
import io.github.bubbletrace.pipeline.extract.Extract;
import io.github.bubbletrace.pipeline.extract.Extractor;
import io.github.bubbletrace.pipeline.extract.HostStops;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.pipeline.fleet.Fleet;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.StopKind;
import io.github.bubbletrace.whatif.WhatIfs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Analyses traces. Reads files; never prints, writes or exits. */
public final class Analyzer {

    /** Memory for kernels, so that no file need be read twice to show them. */
    private static final long KEPT_KERNELS_BYTES = 128L << 20;

    private Analyzer() {}

    /**
     * The whole analysis of all {@code traces} together; each is a file or a folder of files.
     *
     * @throws io.github.bubbletrace.format.UnusableInputException where a trace cannot be used
     */
    public static Analysis analyze(List<Path> traces, AnalysisOptions options) {
        List<Path> files = TraceFiles.expand(traces);
        Fleet fleet = read(files, options, KEPT_KERNELS_BYTES);
        List<Findings.Replica> replicas = replicas(fleet, options);
        Recording recording = recording(fleet);
        Findings findings = Findings.about(replicas);
        Analysis analysis = new Analysis(
                inputs(files, fleet),
                ReplicaWait.fill(
                        replicas.stream().map(Findings.Replica::analysis).toList()),
                devices(fleet, recording),
                findings.findings(),
                findings.checks(),
                fleet.log().warnings(),
                new Deferred<>(() -> WhatIfs.about(
                                replicas, options.model(), options.iterations().isChosen())
                        .map(WhatIfs::menu)
                        .orElse(null)),
                new Details(recording, KernelTotals.of(fleet), stops(fleet), new KernelPass(files, fleet, options)));
        return options.isRedacted() ? Redaction.of(fleet.files()).apply(analysis) : analysis;
    }

    /**
     * What {@code changes} would make of the job in {@code traces}; without any, the changes that fit it.
     *
     * @throws UnusableInputException where a trace cannot be used, holds no whole pipeline, or a change makes no sense
     */
    public static WhatIfAnalysis whatIf(List<Path> traces, AnalysisOptions options, List<String> changes) {
        Fleet fleet = read(TraceFiles.expand(traces), options, 0);
        WhatIfs whatIfs = WhatIfs.about(
                        replicas(fleet, options),
                        options.model(),
                        options.iterations().isChosen())
                .orElseThrow(() -> new UnusableInputException(
                        String.valueOf(traces.get(0)),
                        "no whole pipeline in it that could be replayed",
                        "see what bubbletrace analyze says of it"));
        return changes.isEmpty() ? whatIfs.menu() : whatIfs.of(changes);
    }

    private static List<Findings.Replica> replicas(Fleet fleet, AnalysisOptions options) {
        return PipelineFinder.find(fleet, options.layout()).stream()
                .map(run -> new PipelineAnalyst(run, options.iterations(), options.wanted(), fleet.log()).analyse())
                .toList();
    }

    /**
     * What is in {@code traces}, without analysing them.
     *
     * @throws io.github.bubbletrace.format.UnusableInputException where a trace cannot be used
     */
    public static List<InputSummary> inspect(List<Path> traces, AnalysisOptions options) {
        List<Path> files = TraceFiles.expand(traces);
        Fleet fleet = read(files, options, 0);
        List<InputSummary> inputs = inputs(files, fleet);
        return options.isRedacted() ? Redaction.of(fleet.files()).inputs(inputs) : inputs;
    }

    /** Reads all files; of the first ones whose kernels take no more than {@code keptBytes} together these are kept. */
    private static Fleet read(List<Path> files, AnalysisOptions options, long keptBytes) {
        LabelParser labels = new LabelParser(options.labelPattern());
        ReadListener listener = options.listener();
        listener.planned(
                files.size(), files.stream().mapToLong(TraceFiles::size).sum());
        Inputs inputs = Inputs.of(files, options.timeUnit());
        List<Extract> extracts = new ArrayList<>();
        long room = keptBytes;
        for (Path file : files) {
            Extract extract = read(file, inputs.reader(file), labels, options);
            boolean fits = extract.kernels().bytes() <= room;
            room -= fits ? extract.kernels().bytes() : 0;
            extracts.add(fits ? extract : extract.withoutKernels());
        }
        return Fleet.merge(extracts);
    }

    private static Extract read(Path file, TraceReader reader, LabelParser labels, AnalysisOptions options) {
        ReadListener listener = options.listener();
        listener.started(file, TraceFiles.size(file));
        Extract extract = Extractor.extract(reader.read(file, bytes -> listener.read(file, bytes)), labels);
        listener.finished(file);
        return extract;
    }

    private static List<InputSummary> inputs(List<Path> files, Fleet fleet) {
        List<InputSummary> inputs = new ArrayList<>();
        for (int file = 0; file < fleet.files().size(); file++) {
            Extract extract = fleet.files().get(file);
            Extract.Counts counts = extract.counts();
            inputs.add(new InputSummary(
                    extract.source().path(),
                    Fingerprint.of(files.get(file)),
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

    private static List<HostStop> stops(Fleet fleet) {
        List<HostStop> stops = new ArrayList<>();
        for (Device device : fleet.devices()) {
            HostStops of = device.stops();
            of.byReason().forEach((reason, t) -> stops.add(new HostStop(device.name(), StopKind.PAUSE, reason, t)));
            of.beside().forEach((reason, t) -> stops.add(new HostStop(device.name(), StopKind.BESIDE, reason, t)));
            if (of.waiting().size() > 0) {
                stops.add(new HostStop(device.name(), StopKind.WAIT, "", of.waiting()));
            }
        }
        return stops;
    }

    private static Recording recording(Fleet fleet) {
        long first = Long.MAX_VALUE;
        long last = 0;
        IntervalSet busiest = IntervalSet.EMPTY;
        for (Device device : fleet.devices()) {
            IntervalSet compute = device.activity().compute();
            IntervalSet all = compute.plus(device.activity().collective())
                    .plus(device.activity().p2p());
            if (all.size() > 0) {
                first = Math.min(first, all.startNs(0));
                last = Math.max(last, all.endNs(all.size() - 1));
            }
            busiest = compute.totalNs() > busiest.totalNs() ? compute : busiest;
        }
        return new Recording(Math.min(first, last), last, half(busiest));
    }

    /** When half of the time of {@code work} had passed. */
    private static long half(IntervalSet work) {
        long leftNs = work.totalNs() / 2;
        int at = 0;
        while (at < work.size() - 1 && leftNs > work.endNs(at) - work.startNs(at)) {
            leftNs -= work.endNs(at) - work.startNs(at);
            at++;
        }
        return at < work.size() ? work.startNs(at) + leftNs : 0;
    }

    /** Every device over the time from the first to the last activity of all inputs. */
    private static List<DeviceSummary> devices(Fleet fleet, Recording recording) {
        return fleet.devices().stream()
                .map(device -> summary(device, recording.firstNs(), recording.lastNs()))
                .toList();
    }

    private static DeviceSummary summary(Device device, long firstNs, long lastNs) {
        IntervalSet compute = device.activity().compute();
        long busy = compute.totalNs();
        long communication = device.activity()
                .collective()
                .plus(device.activity().p2p())
                .minus(compute)
                .totalNs();
        long window = Math.max(0, lastNs - firstNs);
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
