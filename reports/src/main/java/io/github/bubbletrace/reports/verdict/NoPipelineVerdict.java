package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be said where the trace shows no pipeline: how busy the devices were, why there is no more, what to record. */
final class NoPipelineVerdict {

    private static final String CODE = "no-pipeline";
    private static final String STRUCTURE_CODE = "no-structure";
    private static final int NAMED_DEVICES = 4;
    private static final String RECORD = "Record again with ranges that name phase and micro-batch of every task";

    private NoPipelineVerdict() {}

    static List<String> sentences(Analysis analysis) {
        List<String> sentences = new ArrayList<>();
        sentences.add("No pipeline was found in this trace, so its bubble cannot be judged.");
        sentences.add(busy(analysis.devices()));
        Optional<Warning> reason = reason(analysis);
        reason.map(warning -> sentence(withoutPreface(warning.text())))
                .filter(text -> !text.isEmpty())
                .ifPresent(sentences::add);
        structure(analysis).map(warning -> sentence(warning.text())).ifPresent(sentences::add);
        sentences.add(reason.map(warning -> sentence(warning.advice()))
                .filter(text -> !text.isEmpty())
                .orElse(RECORD + '.'));
        return sentences;
    }

    /** The warning that says why: the one with the fitting code, else the gravest. */
    static Optional<Warning> reason(Analysis analysis) {
        List<Warning> warnings = analysis.warnings();
        return warnings.stream()
                .filter(warning -> warning.code().startsWith(CODE))
                .findFirst()
                .or(() -> warnings.stream()
                        .sorted(Comparator.comparing(Warning::severity).reversed())
                        .findFirst());
    }

    /** The warning that says why kernels and transfers alone do not help, where they were looked at. */
    private static Optional<Warning> structure(Analysis analysis) {
        return analysis.warnings().stream()
                .filter(warning -> warning.code().equals(STRUCTURE_CODE))
                .findFirst();
    }

    /** The first sentence has said so already. */
    private static String withoutPreface(String text) {
        String preface = "no pipeline was found: ";
        return text.regionMatches(true, 0, preface, 0, preface.length()) ? text.substring(preface.length()) : text;
    }

    private static String sentence(String text) {
        return text == null ? "" : Sentence.of(PlainText.clean(text));
    }

    private static String busy(List<DeviceSummary> devices) {
        if (devices.isEmpty()) {
            return "No device did anything in it.";
        }
        String window = " of the recorded " + Units.time(devices.get(0).windowNs()) + '.';
        if (devices.size() <= NAMED_DEVICES) {
            return Sentence.list(devices.stream().map(NoPipelineVerdict::share).toList()) + window;
        }
        List<DeviceSummary> sorted = devices.stream()
                .sorted(Comparator.comparingDouble(NoPipelineVerdict::ratio))
                .toList();
        return devices.size() + " devices were busy between " + percent(sorted.get(0)) + " % and "
                + percent(sorted.get(sorted.size() - 1)) + " %" + window;
    }

    private static String share(DeviceSummary device) {
        return PlainText.clean(device.device(), 60) + " was busy for " + percent(device) + " %";
    }

    private static String percent(DeviceSummary device) {
        return Units.decimals(100 * ratio(device), 1);
    }

    private static double ratio(DeviceSummary device) {
        return device.windowNs() == 0 ? 0 : (double) device.busyNs() / device.windowNs();
    }
}
