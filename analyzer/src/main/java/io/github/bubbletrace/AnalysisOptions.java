package io.github.bubbletrace;

import io.github.bubbletrace.format.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the user tells that the traces do not.
 *
 * @param labelPattern a team's own range names, with the named groups phase, stage, mb and it; or null
 * @param timeUnit unit of times in span logs that do not say it; or null
 */
public record AnalysisOptions(Pattern labelPattern, TimeUnit timeUnit) {

    /** Nothing told. */
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(null, null);
    }

    /** The same with a pattern of range names. */
    public AnalysisOptions withLabelPattern(Pattern pattern) {
        return new AnalysisOptions(pattern, timeUnit);
    }

    /** The same with a unit of times. */
    public AnalysisOptions withTimeUnit(TimeUnit unit) {
        return new AnalysisOptions(labelPattern, unit);
    }
}
