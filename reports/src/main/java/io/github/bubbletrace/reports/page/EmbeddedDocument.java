package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.reports.markup.HtmlWriter;
import java.nio.charset.StandardCharsets;

/** The analysis document within the page, from which the page can be read back. */
final class EmbeddedDocument {

    /** The id of its element. */
    static final String ID = "report-json";

    /** The element's type where it is plain. */
    static final String PLAIN = "application/json";

    /** The element's type where it is gzip in base64. */
    static final String PACKED = "application/gzip";

    /** Larger documents are packed. */
    private static final int MAX_PLAIN = 300_000;

    private EmbeddedDocument() {}

    static void write(HtmlWriter html, String json) {
        if (json.length() <= MAX_PLAIN) {
            html.data(ID, PLAIN, json);
        } else {
            html.data(ID, PACKED, Packed.base64(json.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
