package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.HostStop;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.KernelSource;
import io.github.bubbletrace.analysis.KernelTotal;
import io.github.bubbletrace.analysis.KernelTotal.OnDevice;
import io.github.bubbletrace.analysis.Recording;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.StopKind;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Kernels for tasks made by hand: each is launched 10 us before it starts. */
final class SampleDetails {

    static final long LEAD_NS = 10_000;

    private static final String SEND = "ncclDevKernel_SendRecv(ncclDevKernelArgsStorage<4096ul>)";

    private SampleDetails() {}

    /** The analysis with {@code perTask} equal kernels in each task on stream 7, and a send on stream 20 at its end. */
    static Analysis on(Analysis analysis, int perTask, String name) {
        Recording recording = new Recording(0, 100_000_000, 50_000_000);
        return with(
                analysis,
                new Details(
                        recording, totals(analysis, name), stops(analysis, name), kernels(analysis, perTask, name)));
    }

    /** The analysis with other details. */
    static Analysis with(Analysis analysis, Details details) {
        return new Analysis(
                analysis.inputs(),
                analysis.pipelines(),
                analysis.devices(),
                analysis.findings(),
                analysis.checks(),
                analysis.warnings(),
                analysis.whatIf(),
                details);
    }

    private static KernelSource kernels(Analysis analysis, int perTask, String name) {
        return (times, visitor) -> {
            for (IterationAnalysis iteration : analysis.pipelines().get(0).iterations()) {
                for (DeviceAnalysis device : iteration.devices()) {
                    for (int task = 0; task < device.tasks().size(); task++) {
                        kernels(times, visitor, device, task, perTask, name);
                    }
                }
            }
        };
    }

    private static void kernels(
            IntervalSet times, KernelSource.Visitor visitor, DeviceAnalysis device, int task, int perTask, String name)
            throws IOException {
        long startNs = device.tasks().startNs(task);
        long lengthNs = (device.tasks().endNs(task) - startNs) / perTask;
        for (int k = 0; k < perTask; k++) {
            long fromNs = startNs + k * lengthNs;
            if (times.meets(fromNs, fromNs + lengthNs)) {
                visitor.kernel(
                        device.rank(),
                        0,
                        7,
                        k % 2 == 0 ? "gemm_128x64_nn" : name,
                        fromNs - LEAD_NS,
                        fromNs,
                        fromNs + lengthNs);
            }
        }
        long endNs = device.tasks().endNs(task);
        if (times.meets(endNs, endNs + 20_000)) {
            visitor.kernel(device.rank(), 0, 20, SEND, KernelSource.UNKNOWN, endNs, endNs + 20_000);
        }
    }

    /** The analysis with {@code count} kernels of 10 us, one every 20 us, on stream 7 of each device. */
    static Analysis onDevices(Analysis analysis, int count) {
        KernelSource source = (times, visitor) -> {
            for (DeviceSummary device : analysis.devices()) {
                for (int k = 0; k < count; k++) {
                    long startNs = 20_000L * k;
                    if (times.meets(startNs, startNs + 10_000)) {
                        visitor.kernel(device.rank(), 0, 7, "kernel" + k % 9, startNs, startNs, startNs + 10_000);
                    }
                }
            }
        };
        Recording recording = new Recording(0, 20_000L * count, 10_000L * count);
        return with(analysis, new Details(recording, totals(analysis, "kernel0"), List.of(), source));
    }

    private static List<KernelTotal> totals(Analysis analysis, String name) {
        int devices = analysis.devices().size();
        return List.of(
                total("gemm_128x64_nn", KernelKind.COMPUTE, 64, 30_000_000, devices),
                total(name, KernelKind.COMPUTE, 64, 20_000_000, devices),
                total(null, KernelKind.COMPUTE, 3, 1000, devices),
                total(SEND, KernelKind.P2P, 64, 1_280_000, devices));
    }

    private static KernelTotal total(String name, KernelKind kind, long count, long totalNs, int devices) {
        List<OnDevice> each = IntStream.range(0, devices)
                .mapToObj(d -> new OnDevice(count, totalNs + d))
                .toList();
        return new KernelTotal(
                name,
                kind,
                count * devices,
                each.stream().mapToLong(OnDevice::totalNs).sum(),
                each);
    }

    private static List<HostStop> stops(Analysis analysis, String name) {
        if (analysis.devices().isEmpty()) {
            return List.of();
        }
        String device = analysis.devices().get(0).device();
        return List.of(
                new HostStop(device, StopKind.PAUSE, "G1 Young " + name, IntervalSet.of(1_000_000, 3_000_000)),
                new HostStop(device, StopKind.WAIT, "", IntervalSet.of(5_000_000, 9_000_000)));
    }
}
