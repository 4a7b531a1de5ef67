package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.reports.markup.HtmlWriter;

/** The interactive timeline's place on the page: hidden until the script has read its columns. */
final class TimelineSection {

    /** Buttons by what they do, as the script knows it. */
    private static final String[][] BUTTONS = {
        {"all", "Whole run", "0"},
        {"fit", "Fit", "f"},
        {"in", "Zoom in", "w or +"},
        {"out", "Zoom out", "s or -"},
        {"left", "Left", "a"},
        {"right", "Right", "d"},
        {"lower", "Lower rows", "["},
        {"taller", "Taller rows", "]"},
    };

    private static final String KEYS =
            "Drag to move, drag on the ruler or with Shift to measure; the wheel zooms once the timeline is clicked (or with"
                    + " Ctrl), Shift and wheel scrolls the rows. Keys: W and S or + and - zoom, A and D move, 0 whole run, F fit,"
                    + " H median iteration, / search, N and Shift+N next and previous match, arrow keys choose a span, Enter"
                    + " shows it, M at two spans measures, I ideal, T arrows, K kernels, [ and ] row height, Escape clears.";

    private final HtmlWriter html;
    private final Kind kind;

    /** What the rows show. */
    enum Kind {
        PIPELINE(
                "All ranks on one clock: thin rows the ideal replay, wide rows as recorded, idle time coloured and hatched by"
                        + " its cause. Time inside a task in which no kernel ran lies along its foot. ",
                "F3, mb=3, stage=2, it=1, rank=0, chunk=1, imbalance, forward, a kernel's name, >2ms; several words narrow down",
                "F3, stage=2, imbalance, >2ms"),
        DEVICES(
                "All devices on one clock: their kernels by stream, and below them when the host launched them. ",
                "a kernel's name, rank=0, >2ms; several words narrow down",
                "gemm, rank=0, >2ms");

        private final String says;
        private final String search;
        private final String example;

        Kind(String says, String search, String example) {
            this.says = says;
            this.search = search;
            this.example = example;
        }
    }

    private TimelineSection(HtmlWriter html, Kind kind) {
        this.html = html;
        this.kind = kind;
    }

    /** Writes the section; {@code note} says what the columns leave out, or is empty. */
    static void write(HtmlWriter html, Kind kind, String note) {
        new TimelineSection(html, kind).section(note);
    }

    private void section(String note) {
        html.open("section", "id", "timeline", "aria-labelledby", "timeline-h", "hidden", "hidden");
        html.element("h2", "Timeline", "id", "timeline-h");
        html.element("p", kind.says + note, "class", "note");
        tools();
        html.open("canvas", "data-part", "minimap", "class", "minimap", "aria-hidden", "true")
                .close();
        stage();
        html.open("div", "data-part", "details", "class", "details", "role", "status", "aria-live", "polite")
                .close();
        html.element("p", "", "data-part", "note", "class", "note");
        html.open("details", "class", "keys").element("summary", "Mouse and keys");
        html.element("p", KEYS, "id", "timeline-keys", "class", "note").close();
        table();
        html.close();
    }

    private void tools() {
        html.open("div", "class", "tools", "role", "group", "aria-label", "Timeline");
        if (kind == Kind.PIPELINE) {
            button("home", "Median iteration", "title", "Key: h");
        }
        for (String[] button : BUTTONS) {
            button(button[0], button[1], "title", "Key: " + button[2]);
        }
        if (kind == Kind.PIPELINE) {
            button("ideal", "Ideal", "title", "Key: i", "aria-pressed", "true");
            button("arrows", "Arrows", "title", "Key: t", "aria-pressed", "true");
        }
        button("kernels", "Kernels", "title", "Key: k", "aria-pressed", "true");
        html.open("label").text("Search ");
        html.empty(
                "input",
                "type",
                "search",
                "data-part",
                "search",
                "title",
                kind.search,
                "placeholder",
                kind.example,
                "autocomplete",
                "off",
                "spellcheck",
                "false");
        html.close();
        button("previous", "Previous", "title", "Key: Shift+N");
        button("next", "Next", "title", "Key: n");
        html.element("span", "", "data-part", "found", "class", "found", "role", "status");
        button("png", "Save PNG");
        button("csv", "Save CSV", "title", "Tasks and idle spans in view");
        html.close();
    }

    private void button(String action, String text, String... more) {
        String[] attributes = new String[4 + more.length];
        attributes[0] = "type";
        attributes[1] = "button";
        attributes[2] = "data-do";
        attributes[3] = action;
        System.arraycopy(more, 0, attributes, 4, more.length);
        html.element("button", text, attributes);
    }

    private void stage() {
        html.open(
                "div",
                "data-part",
                "stage",
                "class",
                "stage",
                "tabindex",
                "0",
                "role",
                "application",
                "aria-label",
                "Timeline: arrow keys choose tasks and gaps",
                "aria-describedby",
                "timeline-keys");
        canvas("base");
        canvas("over");
        html.close();
    }

    private void canvas(String part) {
        html.open("canvas", "data-part", part, "aria-hidden", "true").close();
    }

    private void table() {
        html.open("details", "data-part", "window").element("summary", "What is in view, as a table");
        html.open("div", "class", "scroll window", "role", "region", "tabindex", "0", "aria-label", "What is in view");
        html.open("table", "data-own", "").element("caption", "In view", "data-part", "caption");
        html.open("thead").open("tr");
        for (String heading : new String[] {"device", "stage", "iteration", "what"}) {
            html.element("th", heading, "scope", "col", "class", "t");
        }
        html.element("th", "start, ms", "scope", "col", "class", "n");
        html.element("th", "length, ms", "scope", "col", "class", "n");
        html.close().close();
        html.open("tbody", "data-part", "rows").close();
        html.close().close().close();
    }
}
