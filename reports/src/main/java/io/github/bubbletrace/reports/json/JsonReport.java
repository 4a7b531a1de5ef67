package io.github.bubbletrace.reports.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.KernelTotal;
import io.github.bubbletrace.analysis.KernelTotal.OnDevice;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.text.PlainText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The analysis document, schema {@code bubbletrace.analysis/1}. The same analysis gives the same text. */
public final class JsonReport {

    private static final String SCHEMA = "bubbletrace.analysis/1";

    /** Names of templates reach 10 kB. */
    private static final int MAX_KERNEL_NAME = 500;

    private JsonReport() {}

    /** The whole document, ending in a line feed. */
    public static String document(Analysis analysis, RunInfo run) {
        return write(indented(), fields(analysis, run)) + '\n';
    }

    /** The same without white space, as it stands in the page. */
    public static String compact(Analysis analysis, RunInfo run) {
        return write(null, fields(analysis, run));
    }

    private static Content fields(Analysis analysis, RunInfo run) {
        return json -> {
            json.text("schema", SCHEMA);
            tool(json, run);
            inputs(json, analysis.inputs());
            json.startArray("pipelines");
            for (PipelineAnalysis pipeline : analysis.pipelines()) {
                PipelineJson.write(json, pipeline);
            }
            json.endArray();
            devices(json, analysis.devices());
            kernels(json, analysis.details().kernelTotals());
            findings(json, analysis.findings());
            checks(json, analysis.checks());
            warnings(json, analysis.warnings());
            whatIf(json, analysis.whatIf().get());
        };
    }

    /** Only the inputs: what {@code info} prints. */
    public static String inputsDocument(List<InputSummary> inputs) {
        return write(json -> inputs(json, inputs)) + '\n';
    }

    private static void whatIf(JsonOut json, WhatIfAnalysis whatIf) throws IOException {
        if (whatIf == null) {
            json.value("whatIf", null);
            return;
        }
        json.startObject("whatIf");
        WhatIfJson.fields(json, whatIf);
        json.endObject();
    }

    private static void tool(JsonOut json, RunInfo run) throws IOException {
        json.startObject("tool");
        json.text("name", "bubbletrace");
        json.text("version", run.version());
        json.endObject();
    }

    private static void inputs(JsonOut json, List<InputSummary> inputs) throws IOException {
        json.startArray("inputs");
        for (InputSummary input : inputs) {
            json.startObject();
            json.text("path", input.path());
            json.text("fingerprint", input.fingerprint());
            json.text("format", input.format());
            json.text("producer", input.producer());
            json.text("schema", input.schema());
            json.value("ranks", input.ranks());
            json.number("gpus", input.gpus());
            json.number("kernels", input.kernels());
            json.number("copies", input.copies());
            json.number("p2p", input.p2p());
            json.number("collectives", input.collectives());
            json.number("ranges", input.ranges());
            json.number("labelledRanges", input.labelledRanges());
            json.number("apiCalls", input.apiCalls());
            json.number("unmatchedKernels", input.unmatchedKernels());
            json.number("clockOffsetNs", input.clockOffsetNs());
            json.number("clockErrorNs", input.clockErrorNs());
            json.value("missing", input.missing());
            json.endObject();
        }
        json.endArray();
    }

    private static void devices(JsonOut json, List<DeviceSummary> devices) throws IOException {
        json.startArray("devices");
        for (DeviceSummary device : devices) {
            json.startObject();
            json.text("device", device.device());
            json.number("rank", device.rank());
            json.value("gpu", device.gpu());
            json.number("busyNs", device.busyNs());
            json.number("communicationNs", device.communicationNs());
            json.number("idleNs", device.idleNs());
            json.number("windowNs", device.windowNs());
            json.endObject();
        }
        json.endArray();
    }

    private static void kernels(JsonOut json, List<KernelTotal> kernels) throws IOException {
        json.startArray("kernels");
        for (KernelTotal kernel : kernels) {
            json.startObject();
            json.text("name", kernel.name() == null ? null : PlainText.clean(kernel.name(), MAX_KERNEL_NAME));
            json.text("kind", kernel.kind().name().toLowerCase(Locale.ROOT));
            json.number("count", kernel.count());
            json.number("totalNs", kernel.totalNs());
            json.value(
                    "countOfDevice",
                    kernel.devices().stream().map(OnDevice::count).toList());
            json.value(
                    "totalNsOfDevice",
                    kernel.devices().stream().map(OnDevice::totalNs).toList());
            json.endObject();
        }
        json.endArray();
    }

    private static void checks(JsonOut json, List<Check> checks) throws IOException {
        json.startArray("checks");
        for (Check check : checks) {
            json.startObject();
            json.text("id", check.id());
            json.text("status", check.status().key());
            json.text("text", check.text());
            json.endObject();
        }
        json.endArray();
    }

    private static void findings(JsonOut json, List<Finding> findings) throws IOException {
        json.startArray("findings");
        for (Finding finding : findings) {
            json.startObject();
            json.text("id", finding.id());
            json.text("severity", finding.severity().key());
            json.text("title", finding.title());
            json.number("gainNs", finding.gainNs());
            json.ratio("gain", finding.gain());
            json.value("evidence", finding.evidence());
            json.text("advice", finding.advice());
            json.text("check", finding.check());
            json.endObject();
        }
        json.endArray();
    }

    private static void warnings(JsonOut json, List<Warning> warnings) throws IOException {
        json.startArray("warnings");
        for (Warning warning : warnings) {
            json.startObject();
            json.text("code", warning.code());
            json.text("severity", warning.severity().key());
            json.number("count", warning.count());
            json.text("text", warning.text());
            json.text("advice", warning.advice());
            json.endObject();
        }
        json.endArray();
    }

    /** A document with the fields that {@code content} writes. */
    static String write(Content content) {
        return write(indented(), content);
    }

    private static PrettyPrinter indented() {
        return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    /** Without a printer there is no white space. */
    private static String write(PrettyPrinter printer, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setPrettyPrinter(printer);
            JsonOut json = new JsonOut(generator);
            json.startObject();
            content.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** The fields of a document's root object. */
    public interface Content {
        void write(JsonOut json) throws IOException;
    }
}
