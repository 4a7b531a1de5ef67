package io.github.bubbletrace.reports;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** One text as JSON. */
final class JsonText {

    private JsonText() {}

    static String of(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(PlainText.wellFormed(text))) + '"';
    }
}
