package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.List;

/** How long each stage of a pipeline computes per iteration, next to the median stage. */
public final class StageTimes {

    private StageTimes() {}

    /** One entry a place; tensor-parallel lanes of a place are averaged. */
    public static List<StageTime> of(PipelineRun run, List<WindowRun> windows) {
        double[] sum = new double[run.places()];
        for (WindowRun window : windows) {
            long[] own = window.durations().own();
            for (int task = 0; task < own.length; task++) {
                sum[run.placeOf().get(window.window().device(task))] += own[task];
            }
        }
        List<Double> means = new ArrayList<>();
        for (double s : sum) {
            means.add(s / Math.max(1, windows.size()) / run.lanes());
        }
        double median = Median.of(means.stream().mapToDouble(Double::doubleValue));
        List<StageTime> times = new ArrayList<>();
        for (int place = 0; place < means.size(); place++) {
            double relative = median > 0 ? means.get(place) / median : 1;
            times.add(new StageTime(place, Math.round(means.get(place)), relative));
        }
        return times;
    }
}
