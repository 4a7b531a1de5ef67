package io.github.bubbletrace;

import java.util.regex.Pattern;

/**
 * What the user tells that the traces do not.
 *
 * @param labelPattern a team's own range names, with the named groups phase, stage, mb and it; or null
 */
public record AnalysisOptions(Pattern labelPattern) {

    /** Nothing told. */
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(null);
    }

    /** The same with a pattern of range names. */
    public AnalysisOptions withLabelPattern(Pattern pattern) {
        return new AnalysisOptions(pattern);
    }
}
