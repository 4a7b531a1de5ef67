package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.verdict.Verdict;
import java.util.List;

/** The tables of one replica. */
final class PipelineSection {

    private PipelineSection() {}

    /** Writes them; {@code oneOfSeveral} puts the replica's own verdict above. */
    static void write(HtmlWriter html, PipelineAnalysis pipeline, boolean oneOfSeveral) {
        String id = "pipeline-" + pipeline.replica();
        String name = oneOfSeveral ? "Replica " + pipeline.replica() : "Devices and iterations";
        html.open("section", "aria-labelledby", id).element("h2", name, "id", id);
        if (oneOfSeveral) {
            html.element("p", String.join(" ", Verdict.sentences(pipeline)));
        }
        if (!Windows.counted(pipeline).isEmpty()) {
            DeviceTable.write(html, pipeline);
            stages(html, pipeline);
            IterationTable.write(html, pipeline);
            ReplayTable.write(html, pipeline);
            TransfersTable.write(html, pipeline);
            BoundaryTable.write(html, pipeline);
            TokenTable.write(html, pipeline);
        }
        html.close();
    }

    private static void stages(HtmlWriter html, PipelineAnalysis pipeline) {
        List<StageTime> stages = pipeline.stageTimes();
        if (stages.isEmpty()) {
            return;
        }
        Units.Scale scale = Units.Scale.of(
                stages.stream().mapToLong(StageTime::meanTaskNs).max().orElse(0));
        HtmlTable table = HtmlTable.numbers(
                "Stage times: summed task durations, mean over the iterations",
                List.of("stage", "tasks, " + scale.unit(), "times the median stage"));
        for (StageTime stage : stages) {
            table.row(
                    "stage " + stage.stage(),
                    scale.number(stage.meanTaskNs()),
                    Double.isFinite(stage.relative()) ? Units.decimals(stage.relative(), 3) : "unknown");
        }
        table.write(html);
    }
}
