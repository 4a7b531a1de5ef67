package io.github.bubbletrace.reports.markup;

import io.github.bubbletrace.reports.text.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes markup that is well-formed both as HTML and as XML. All text and attribute values are cleaned and escaped here;
 * tag and attribute names are the program's own.
 */
public final class HtmlWriter {

    private static final int MAX_TEXT = 4000;

    /** Elements that end a line of the page's source. */
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "tr",
            "section",
            "table",
            "caption",
            "thead",
            "tbody",
            "li",
            "ul",
            "dl",
            "dd",
            "h1",
            "h2",
            "h3",
            "svg",
            "g",
            "rect",
            "path",
            "text",
            "head",
            "title",
            "style",
            "header",
            "footer",
            "main",
            "meta",
            "figure",
            "figcaption",
            "pattern",
            "desc",
            "body",
            "html",
            "link",
            "details",
            "summary",
            "line",
            "ol",
            "canvas",
            "button",
            "script");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens {@code tag}; attributes are names and values in turn. */
    public HtmlWriter open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the innermost open element. */
    public HtmlWriter close() {
        String tag = open.pop();
        out.append("</").append(tag).append('>');
        endLine(tag);
        return this;
    }

    /** An element without content: a void one of HTML, or any of SVG. */
    public HtmlWriter empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>");
        endLine(tag);
        return this;
    }

    /** An element that holds only {@code text}. */
    public HtmlWriter element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Text, cleaned and escaped. */
    public HtmlWriter text(String text) {
        escape(PlainText.clean(text, MAX_TEXT));
        return this;
    }

    /** The program's own style sheet, as it is. */
    public HtmlWriter style(String css) {
        out.append("<style>").append(css).append("</style>\n");
        return this;
    }

    /** The program's own script, as it is. */
    public HtmlWriter script(String script) {
        out.append("<script>").append(script).append("</script>\n");
        return this;
    }

    /** Data for scripts and other programs: JSON, or base64. Markup and what is not ASCII is escaped as in JSON. */
    public HtmlWriter data(String id, String type, String text) {
        start("script", "id", id, "type", type);
        out.append('>');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '>' || c == '&' || c >= 0x7F) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append("</script>\n");
        return this;
    }

    /** The page so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(PlainText.clean(attributes[i + 1], Integer.MAX_VALUE));
            out.append('"');
        }
    }

    private void endLine(String tag) {
        if (BLOCKS.contains(tag)) {
            out.append('\n');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
