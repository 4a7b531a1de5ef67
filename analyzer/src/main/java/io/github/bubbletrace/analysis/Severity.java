package io.github.bubbletrace.analysis;

import java.util.Locale;

/** How much a warning or a finding matters. */
public enum Severity {
    /** Good to know; changes no number that anybody would act on. */
    INFO,
    /** Small. */
    LOW,
    /** Worth acting on. */
    MEDIUM,
    /** A large part of the result. */
    HIGH;

    /** The name in the analysis document, lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
