package io.github.bubbletrace.reports.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The page's own script, joined from its parts: well-formed in HTML and in XML. */
public final class PageScript {

    /** What a page needs that has no timeline. */
    private static final List<String> SHARED = List.of("save");

    private static final List<String> TIMELINE = List.of(
            "inflate",
            "columns",
            "kernels",
            "spans",
            "words",
            "chain",
            "view",
            "palette",
            "raster",
            "drawing",
            "minimap",
            "search",
            "table",
            "details",
            "hash",
            "timeline",
            "input");

    private PageScript() {}

    /** The script of a report. */
    static String report() {
        return joined(List.of(SHARED, TIMELINE, List.of("main")));
    }

    /** The script of a comparison: saves and copies. */
    public static String comparison() {
        return joined(List.of(SHARED, List.of("comparison")));
    }

    private static String joined(List<List<String>> parts) {
        return parts.stream()
                .flatMap(List::stream)
                .map(PageScript::read)
                .collect(Collectors.joining("\n", "//<![CDATA[\n(() => {\n\"use strict\";\n", "})();\n//]]>"));
    }

    private static String read(String name) {
        try (InputStream script = PageScript.class.getResourceAsStream(name + ".js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
