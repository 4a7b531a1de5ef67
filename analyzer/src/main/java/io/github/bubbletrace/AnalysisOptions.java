package io.github.bubbletrace;

import java.util.regex.Pattern;

/**
 * What the user says about the traces beyond their names.
 *
 * @param labelPattern form of the team's own range names, or null
 */
public record AnalysisOptions(Pattern labelPattern) {

    /** Nothing said. */
    public static AnalysisOptions defaults() {
        return new AnalysisOptions(null);
    }

    /** The same options with another label pattern. */
    public AnalysisOptions withLabelPattern(Pattern pattern) {
        return new AnalysisOptions(pattern);
    }
}
