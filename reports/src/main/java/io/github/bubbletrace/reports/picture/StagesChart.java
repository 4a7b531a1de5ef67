package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.StageTotals;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Units;

/** A bar per stage: busy and idle time by cause in a mean window. */
public final class StagesChart {

    private StagesChart() {}

    /** The picture of the slowest replica of {@code analysis}. */
    public static Picture of(Analysis analysis) {
        PipelineAnalysis pipeline = PictureFacts.subject(analysis);
        Inks inks = new Inks();
        StackedBars bars = new StackedBars(
                inks, Units.Scale.of(Windows.medianNs(pipeline)), StageTotals.byStage(Windows.counted(pipeline)), 1);
        Frame frame = new Frame(
                inks,
                PictureFacts.title(analysis),
                "Stages: busy and idle time by cause in the mean window of a device of that stage.",
                bars.legend());
        return ChartPicture.of(inks, frame, bars.plot("stage", "time"));
    }
}
