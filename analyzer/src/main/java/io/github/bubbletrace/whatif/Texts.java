package io.github.bubbletrace.whatif;

import java.util.Locale;

/** Numbers in sentences. */
final class Texts {

    private Texts() {}

    /** A number without needless zeros. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }

    /** A share as a percentage with one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
