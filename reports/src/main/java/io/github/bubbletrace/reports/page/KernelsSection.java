package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.KernelTotal;
import io.github.bubbletrace.analysis.KernelTotal.OnDevice;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.trace.KernelKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which kernels the time went to: by name, and by stage or device; compute and communication apart. */
final class KernelsSection {

    /** So many stages or devices have a column each. */
    private static final int MOST_COLUMNS = 16;

    /** So many kernels are told apart by place. */
    private static final int BY_PLACE = 10;

    private static final int MAX_NAME = 160;

    private final Analysis analysis;

    /** Place of each device: its stage, or itself where it has none. */
    private final List<String> placeOfDevice = new ArrayList<>();

    private KernelsSection(Analysis analysis) {
        this.analysis = analysis;
        Map<String, Integer> stages = stages(analysis);
        for (DeviceSummary device : analysis.devices()) {
            Integer stage = stages.get(device.device());
            placeOfDevice.add(stage == null ? PlainText.clean(device.device()) : "stage " + stage);
        }
    }

    static void write(HtmlWriter html, Analysis analysis) {
        if (!analysis.details().kernelTotals().isEmpty()) {
            new KernelsSection(analysis).section(html);
        }
    }

    private static Map<String, Integer> stages(Analysis analysis) {
        Map<String, Integer> stages = new HashMap<>();
        analysis.pipelines().stream()
                .flatMap(pipeline -> pipeline.iterations().stream())
                .flatMap(iteration -> iteration.devices().stream())
                .forEach((DeviceAnalysis device) -> stages.put(device.device(), device.stage()));
        return stages;
    }

    private void section(HtmlWriter html) {
        html.open("section", "aria-labelledby", "kernels").element("h2", "Top kernels", "id", "kernels");
        html.element(
                "p",
                "Over the whole recording. Kernels that run side by side are each counted in full, so shares may add to more than"
                        + " 100 %. A kernel that sends or receives is counted with the time that it waits for its peer.",
                "class",
                "note");
        List<KernelTotal> compute = kernels(true);
        List<KernelTotal> communication = kernels(false);
        byName(html, "Compute kernels", compute, "busy", busyNs());
        byPlace(html, compute);
        byName(html, "Communication kernels", communication, "recording", recordingNs());
        html.close();
    }

    private List<KernelTotal> kernels(boolean computes) {
        return analysis.details().kernelTotals().stream()
                .filter(kernel -> (kernel.kind() == KernelKind.COMPUTE) == computes)
                .toList();
    }

    private long[] busyNs() {
        return analysis.devices().stream().mapToLong(DeviceSummary::busyNs).toArray();
    }

    private long[] recordingNs() {
        return analysis.devices().stream().mapToLong(DeviceSummary::windowNs).toArray();
    }

    private void byName(HtmlWriter html, String caption, List<KernelTotal> kernels, String of, long[] ofDevicesNs) {
        if (kernels.isEmpty()) {
            return;
        }
        long allNs = Arrays.stream(ofDevicesNs).sum();
        HtmlTable table = HtmlTable.mixed(
                caption,
                List.of("kernel", "count", "time", "mean", of + " %", "most on", "of its time there"),
                List.of(5));
        for (KernelTotal kernel : kernels) {
            Map.Entry<String, Long> most = most(kernel);
            table.row(
                    name(kernel),
                    Units.whole(kernel.count()),
                    Units.time(kernel.totalNs()),
                    Units.time(kernel.totalNs() / Math.max(1, kernel.count())),
                    percent(kernel.totalNs(), allNs),
                    most.getKey(),
                    percent(most.getValue(), kernel.totalNs()) + " %");
        }
        table.write(html);
    }

    /** The place on which a kernel took most time, and how much; the first of equal ones. */
    private Map.Entry<String, Long> most(KernelTotal kernel) {
        Map.Entry<String, Long> most = Map.entry("", 0L);
        for (Map.Entry<String, Long> place : byPlace(kernel).entrySet()) {
            most = place.getValue() > most.getValue() ? place : most;
        }
        return most;
    }

    private Map<String, Long> byPlace(KernelTotal kernel) {
        Map<String, Long> byPlace = new LinkedHashMap<>();
        List<OnDevice> devices = kernel.devices();
        for (int d = 0; d < devices.size(); d++) {
            byPlace.merge(placeOfDevice.get(d), devices.get(d).totalNs(), Long::sum);
        }
        return byPlace;
    }

    private void byPlace(HtmlWriter html, List<KernelTotal> kernels) {
        List<String> places = placeOfDevice.stream().distinct().toList();
        if (kernels.isEmpty() || places.size() < 2 || places.size() > MOST_COLUMNS) {
            return;
        }
        Map<String, Long> busyNs = new LinkedHashMap<>();
        for (int d = 0; d < placeOfDevice.size(); d++) {
            busyNs.merge(placeOfDevice.get(d), analysis.devices().get(d).busyNs(), Long::sum);
        }
        List<String> headings = new ArrayList<>(List.of("kernel"));
        headings.addAll(places);
        HtmlTable table = HtmlTable.numbers(
                "Compute kernels by " + (analysis.pipelines().isEmpty() ? "device" : "stage") + ", % of its busy time",
                headings);
        for (KernelTotal kernel : kernels.subList(0, Math.min(BY_PLACE, kernels.size()))) {
            Map<String, Long> times = byPlace(kernel);
            List<String> cells = new ArrayList<>(List.of(name(kernel)));
            places.forEach(place -> cells.add(percent(times.getOrDefault(place, 0L), busyNs.get(place))));
            table.row(cells.toArray(String[]::new));
        }
        table.write(html);
    }

    private static String name(KernelTotal kernel) {
        return kernel.name() == null
                ? "all other " + word(kernel.kind()) + " kernels"
                : PlainText.clean(kernel.name(), MAX_NAME);
    }

    private static String word(KernelKind kind) {
        return switch (kind) {
            case COMPUTE -> "compute";
            case P2P -> "point-to-point";
            case COLLECTIVE -> "collective";
        };
    }

    private static String percent(long partNs, long allNs) {
        return Units.decimals(100.0 * partNs / Math.max(1, allNs), 1);
    }
}
