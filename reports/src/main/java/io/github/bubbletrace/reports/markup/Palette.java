package io.github.bubbletrace.reports.markup;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Phase;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The colours of one theme by name, as {@code #rrggbb}: those of the page, whose style sheet they are read from. */
public final class Palette {

    private static final Pattern DEFINITION = Pattern.compile("--([A-Za-z0-9-]+): (#[0-9a-f]{6});");
    private static final Pattern USE = Pattern.compile("var\\(--([A-Za-z0-9-]+)\\)");

    private final Map<String, String> colours;

    private Palette(Map<String, String> colours) {
        this.colours = Map.copyOf(colours);
    }

    /** The light theme: the first block of the style sheet. */
    public static Palette light() {
        String theme = StyleSheets.theme();
        Matcher definition = DEFINITION.matcher(theme.substring(0, theme.indexOf('}')));
        Map<String, String> colours = new HashMap<>();
        while (definition.find()) {
            colours.put(definition.group(1), definition.group(2));
        }
        return new Palette(colours);
    }

    /** The colour called {@code name} in the style sheet. */
    public String get(String name) {
        String colour = colours.get(name);
        if (colour == null) {
            throw new IllegalArgumentException("no colour is called " + name);
        }
        return colour;
    }

    /** The colour of a task. */
    public String phase(Phase phase) {
        return get("phase-" + phase.name());
    }

    /** The colour behind the cause's hatching. */
    public String ground(Cause cause) {
        return get(family(cause) + "-g");
    }

    /** The colour of the cause's hatching. */
    public String stroke(Cause cause) {
        return get(family(cause) + "-s");
    }

    /** {@code css} with colours in place of their names: many programs that draw SVG know no names. */
    public String resolve(String css) {
        return USE.matcher(css).replaceAll(use -> get(use.group(1)));
    }

    /** The first part of the names of its colours. */
    public static String family(Cause cause) {
        return cause.isStructure() ? "struct" : cause.key();
    }
}
