package io.github.bubbletrace;

import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.whatif.ModelFacts;
import java.util.regex.Pattern;

/**
 * What the user tells that the traces do not, and what is wanted of them.
 *
 * @param labelPattern a team's own range names, with the named groups phase, stage, mb and it; or null
 * @param timeUnit unit of times in span logs that do not say it; or null
 * @param layout which part of the pipeline each rank is, or null
 * @param iterations which iterations to analyse
 * @param isRedacted whether the analysis leaves out host names, paths and user names
 * @param listener is told how far the reading has come
 * @param wanted orders that the recorded ones are compared with, or null
 * @param model what the user tells of the model and the memory of its devices
 */
public record AnalysisOptions(
        Pattern labelPattern,
        TimeUnit timeUnit,
        Layout layout,
        IterationSelection iterations,
        boolean isRedacted,
        ReadListener listener,
        Schedule wanted,
        ModelFacts model) {

    /** Nothing told, everything wanted. */
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(
                null, null, null, IterationSelection.ALL, false, ReadListener.NONE, null, ModelFacts.NONE);
    }

    /** The same with a pattern of range names. */
    public AnalysisOptions withLabelPattern(Pattern pattern) {
        return new AnalysisOptions(pattern, timeUnit, layout, iterations, isRedacted, listener, wanted, model);
    }

    /** The same with a unit of times. */
    public AnalysisOptions withTimeUnit(TimeUnit unit) {
        return new AnalysisOptions(labelPattern, unit, layout, iterations, isRedacted, listener, wanted, model);
    }

    /** The same with a layout of ranks. */
    public AnalysisOptions withLayout(Layout newLayout) {
        return new AnalysisOptions(labelPattern, timeUnit, newLayout, iterations, isRedacted, listener, wanted, model);
    }

    /** The same for other iterations. */
    public AnalysisOptions withIterations(IterationSelection selection) {
        return new AnalysisOptions(labelPattern, timeUnit, layout, selection, isRedacted, listener, wanted, model);
    }

    /** The same without host names, paths and user names. */
    public AnalysisOptions redacted() {
        return new AnalysisOptions(labelPattern, timeUnit, layout, iterations, true, listener, wanted, model);
    }

    /** The same with another listener. */
    public AnalysisOptions withListener(ReadListener newListener) {
        return new AnalysisOptions(labelPattern, timeUnit, layout, iterations, isRedacted, newListener, wanted, model);
    }

    /** The same with orders to compare the recorded ones with. */
    public AnalysisOptions comparedWith(Schedule orders) {
        return new AnalysisOptions(labelPattern, timeUnit, layout, iterations, isRedacted, listener, orders, model);
    }

    /** The same with what the user tells of the model. */
    public AnalysisOptions withModel(ModelFacts facts) {
        return new AnalysisOptions(labelPattern, timeUnit, layout, iterations, isRedacted, listener, wanted, facts);
    }
}
