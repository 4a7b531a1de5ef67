package io.github.bubbletrace.reports.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.bubbletrace.reports.compare.Comparison.StageChange;
import io.github.bubbletrace.reports.compare.Comparison.TimeChange;
import io.github.bubbletrace.reports.json.JsonOut;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A comparison as a document of schema {@value #SCHEMA}. */
public final class ComparisonJson {

    /** The document's schema. */
    public static final String SCHEMA = "bubbletrace.comparison/1";

    private final JsonOut json;
    private final Comparison comparison;

    private ComparisonJson(JsonOut json, Comparison comparison) {
        this.json = json;
        this.comparison = comparison;
    }

    /** The whole document, ending in a line feed. */
    public static String document(Comparison comparison) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            new ComparisonJson(new JsonOut(generator), comparison).write();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private void write() throws IOException {
        json.startObject();
        json.text("schema", SCHEMA);
        json.value("scope", ComparisonVerdict.scope(comparison));
        json.value("verdict", ComparisonVerdict.sentences(comparison));
        run("before", comparison.before());
        run("after", comparison.after());
        json.flag("perMicroBatch", comparison.isPerMicroBatch());
        if (comparison.hasSteps()) {
            change("stepNs", comparison.step());
            json.startObject("bubble");
            json.ratio("before", comparison.bubble().before());
            json.ratio("after", comparison.bubble().after());
            json.ratio("noise", comparison.bubble().noise());
            json.flag("beyondNoise", comparison.bubble().isBeyondNoise(0));
            json.endObject();
            json.startObject("deviceNs");
            for (TimeChange time : comparison.times()) {
                change(time.name(), time.change());
            }
            json.endObject();
            stages();
        } else {
            json.value("stepNs", null);
        }
        json.endObject();
    }

    private void run(String name, SavedRun run) throws IOException {
        json.startObject(name);
        json.text("name", run.name());
        json.text("version", run.version());
        json.number("iterations", run.iterations().size());
        json.ratio("busy", Comparison.busyShare(run));
        if (run.shape() != null) {
            json.text("schedule", run.shape().schedule());
            json.number("stages", run.shape().stages());
            json.value("microBatches", run.shape().microBatches());
        }
        json.value(
                "findings",
                run.findings().stream()
                        .map(SavedRun.SavedFinding::id)
                        .distinct()
                        .toList());
        json.endObject();
    }

    private void stages() throws IOException {
        List<StageChange> changes = comparison.changedStages();
        json.startArray("stages");
        for (StageChange stage : changes) {
            json.startObject();
            json.number("stage", stage.stage());
            json.text("part", stage.time().name());
            fields(stage.time().change());
            json.endObject();
        }
        json.endArray();
    }

    private void change(String name, Change change) throws IOException {
        json.startObject(name);
        fields(change);
        json.endObject();
    }

    private void fields(Change change) throws IOException {
        json.number("before", Math.round(change.before()));
        json.number("after", Math.round(change.after()));
        json.value("noise", change.noise() == null ? null : Math.round(change.noise()));
        json.flag("beyondNoise", comparison.isNotable(change));
    }
}
