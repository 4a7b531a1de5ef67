package io.github.bubbletrace.reports.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The program's own style sheets: colours by name, what fills the pictures, and the page around them. */
public final class StyleSheets {

    private StyleSheets() {}

    /** Colours by name: light, dark and print. */
    static String theme() {
        return read("theme.css");
    }

    /** Fills, strokes and texts of the pictures. */
    public static String picture() {
        return read("picture.css");
    }

    /** Everything that the page needs. */
    public static String page() {
        return theme() + picture() + read("report.css") + read("timeline.css");
    }

    private static String read(String name) {
        try (InputStream css = StyleSheets.class.getResourceAsStream(name)) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
