package io.github.bubbletrace.pipeline.label;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers that ranges name: bubbletrace's own {@code layer=7}, and module paths as {@code decoder.layers.7.mlp}, {@code
 * transformer.h.7}, {@code blocks.7}, {@code TransformerLayer 7}. Of a path the outermost number is the layer.
 */
public final class LayerNames {

    /** The text names no layer. */
    public static final int NONE = -1;

    private static final int MAX_LENGTH = 512;
    private static final int MAX_LAYER = 1023;

    private static final Pattern LAYER = Pattern.compile(
            "(?:^|[^A-Za-z0-9_])(?:layer=|(?:layers|h|blocks)\\.|TransformerLayer[ _.])(\\d{1,4})(?![A-Za-z0-9])");

    private LayerNames() {}

    /** The layer that {@code text} names, or {@link #NONE}. */
    public static int layer(String text) {
        if (text.length() > MAX_LENGTH || !mayNameOne(text)) {
            return NONE;
        }
        Matcher found = LAYER.matcher(text);
        int layer = found.find() ? Numbers.parse(found.group(1)) : NONE;
        return layer <= MAX_LAYER ? layer : NONE;
    }

    /** Nearly no text does, and this is told faster than by the pattern. */
    private static boolean mayNameOne(String text) {
        return text.contains("ayer") || text.contains("h.") || text.contains("blocks.");
    }
}
