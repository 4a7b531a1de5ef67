package io.github.bubbletrace.reports.markup;

import java.util.ArrayList;
import java.util.List;

/** A table with caption and scoped headings: the first column names the row, the others hold numbers unless said. */
public final class HtmlTable {

    /** Longer tables scroll within themselves on a screen; on paper they are whole. */
    private static final int LONG = 20;

    private final String caption;
    private final List<String> headings;
    private final List<Integer> textColumns;
    private final List<List<Cell>> rows = new ArrayList<>();

    private HtmlTable(String caption, List<String> headings, List<Integer> textColumns) {
        this.caption = caption;
        this.headings = List.copyOf(headings);
        this.textColumns = textColumns;
    }

    /**
     * One cell.
     *
     * @param main what it says
     * @param beside a lesser number after it, or empty
     */
    public record Cell(String main, String beside) {

        /** A cell with nothing beside. */
        public static Cell of(String main) {
            return new Cell(main, "");
        }
    }

    /** A table of numbers. */
    public static HtmlTable numbers(String caption, List<String> headings) {
        return new HtmlTable(caption, headings, List.of());
    }

    /** A table in which the given columns hold text. */
    public static HtmlTable mixed(String caption, List<String> headings, List<Integer> textColumns) {
        return new HtmlTable(caption, headings, textColumns);
    }

    /** Adds a row. */
    public HtmlTable row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a row of cells with nothing beside. */
    public HtmlTable row(String... cells) {
        return row(List.of(cells).stream().map(Cell::of).toList());
    }

    /** Writes the table in a region that scrolls sideways where the page is narrow. */
    public void write(HtmlWriter html) {
        String css = rows.size() > LONG ? "scroll long" : "scroll";
        html.open("div", "class", css, "role", "region", "tabindex", "0", "aria-label", caption);
        html.open("table").element("caption", caption);
        html.open("thead").open("tr");
        for (int column = 0; column < headings.size(); column++) {
            html.element("th", headings.get(column), "scope", "col", "class", kind(column));
        }
        html.close().close().open("tbody");
        rows.forEach(row -> row(html, row));
        html.close().close().close();
    }

    private void row(HtmlWriter html, List<Cell> row) {
        html.open("tr");
        for (int column = 0; column < row.size(); column++) {
            if (column == 0) {
                html.open("th", "scope", "row", "class", kind(0));
            } else {
                html.open("td", "class", kind(column));
            }
            cell(html, row.get(column));
            html.close();
        }
        html.close();
    }

    private static void cell(HtmlWriter html, Cell cell) {
        html.element("bdi", cell.main());
        if (!cell.beside().isEmpty()) {
            html.element("span", cell.beside(), "class", "beside");
        }
    }

    private String kind(int column) {
        return column == 0 || textColumns.contains(column) ? "t" : "n";
    }
}
