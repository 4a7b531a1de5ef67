package io.github.bubbletrace.reports.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.bubbletrace.reports.text.PlainText;

/** One text as JSON. */
public final class JsonText {

    private JsonText() {}

    /** {@code text} in quotes, with escapes. */
    public static String of(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(PlainText.wellFormed(text))) + '"';
    }
}
